"""JupyterLab on this machine alone, and what somebody does with a notebook in it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

PATIENCE = 60_000  # milliseconds for JupyterLab to do something
PLACES = """([from, to]) => {
  const holder = document.querySelector(".wbk-text");
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".wbk-words") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
  let all = "";
  const nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([node, all.length]);
    all += node.data;
  }
  const at = (place, isEnd) => {
    const [node, start] = nodes.find(([one, begin]) => (isEnd
      ? place > begin && place <= begin + one.data.length
      : place >= begin && place < begin + one.data.length));
    const range = document.createRange();
    range.setStart(node, place - start);
    range.collapse(true);
    node.parentElement.scrollIntoView({ block: "nearest" });
    return { range };
  };
  const first = all.indexOf(from);
  const last = to === from ? first + from.length : all.indexOf(to) + to.length;
  if (first < 0 || last < to.length) throw new Error(`not found: ${from} … ${to}`);
  const point = ({ range }) => {
    const box = range.getBoundingClientRect();
    return [box.left, box.top + box.height / 2];
  };
  const [start, end] = [at(first, false), at(last, true)];
  return [point(start), point(end)];
}"""


@contextlib.contextmanager
def served(folder, place, **variables):
    """Serve a folder by JupyterLab; `place` is a folder for its settings."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR",
             "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None"]
    with (place / "lab.log").open("wb") as log:
        running = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=folder,
            env={**os.environ, **{name: str(place / name) for name in names}, **variables})
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api")
        yield address
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(address):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.2)
    raise TimeoutError(address)


def write_notebook(path, *cells):
    """Write a notebook of code cells that were not run."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    write(new_notebook(cells=[new_code_cell(cell) for cell in cells],
                       metadata={"kernelspec": kernel}), path)


def open_notebook(page, address, name, *, run=True):
    """Open a notebook and run all of its cells."""
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
    idle(page)
    if run:
        command(page, "notebook:run-all-cells", wait=False)


CELLS = """async (sources) => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = panel.content.model.sharedModel;
  cells.deleteCellRange(1, cells.cells.length);
  sources.forEach((source, nth) => cells.insertCell(nth + 1, { cell_type: "code", source }));
  panel.content.mode = "command";
}"""


def run_cells(page, sources):
    """Put cells below the first one, in place of those that were there, and run all."""
    page.evaluate(CELLS, sources)
    command(page, "notebook:run-all-cells", wait=False)


def idle(page):
    page.wait_for_function(
        """() => {
          const session = window.jupyterapp?.shell?.currentWidget?.sessionContext;
          return session?.isReady && session.session?.kernel?.status === "idle";
        }""", timeout=PATIENCE)


def command(page, name, *, wait=True):
    page.evaluate("([name, wait]) => { const done = window.jupyterapp.commands.execute(name); "
                  "return wait ? done.then(() => null) : null; }", [name, wait])


def drag(page, first, last=None):
    """Select words with the mouse, from the begin of some to the end of others."""
    (x, y), (to_x, to_y) = page.evaluate(PLACES, [first, last or first])
    page.mouse.move(x + 1, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=3)
    page.mouse.move(to_x - 0.5, to_y, steps=3)
    page.mouse.up()


def eventually(look, *, seconds=10):
    """Look again until it is so; say what it was when it never is."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"never came true, last {found!r}"
        time.sleep(0.02)
    return found


def saved(page):
    """Wait until the widget says that all is saved."""
    page.wait_for_selector('.wbk[data-state="saved"]', timeout=20_000)


@contextlib.contextmanager
def without_faults(page):
    """Let a test use the page from here; it fails where a script of the page went wrong."""
    page.asked.clear()
    yield
    faults = [*page.faults]
    page.faults.clear()
    assert faults == []


def press(page, *keys):
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)
