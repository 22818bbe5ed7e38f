"""A PDF with lines of text, made by hand: pages, one font, nothing else."""

import io


def pdf(pages, *, password=""):
    """Make a PDF; a line is its words, or the words of two columns."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        shown = "".join(_line(line, 800 - 14 * at) for at, line in enumerate(lines))
        objects += [f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream"]
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
                    f"{len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"]
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _protected(_whole(objects), password) if password else _whole(objects)


def _line(line, height):
    parts = [(50, line)] if isinstance(line, str) else zip((50, 320), line, strict=True)
    return "".join(f"BT /F1 11 Tf {left} {height} Td ({words}) Tj ET\n" for left, words in parts)


def _whole(objects):
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (f"{text}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n").encode()


def _protected(content, password):
    try:
        from pypdf import PdfReader, PdfWriter  # noqa: PLC0415
    except ImportError:  # the tests that read it are skipped
        return content
    writer = PdfWriter(PdfReader(io.BytesIO(content)))
    writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
