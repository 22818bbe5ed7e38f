"use strict";
// Which question and group a reader sees, in which language, and what a search finds.
// Every number was made by wbkit and stands in #data; nothing is counted here.
const data = JSON.parse(document.getElementById("data").textContent);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function option(list, value, text) {
  const made = element("option", text);
  made.value = value;
  list.append(made);
}

// Answers by size, as on the rest of the page; those of a scale as they were asked.
function order(item, rows) {
  const places = rows.map((_, place) => place);
  if (item.ordered) return places;
  const last = place => item.last.includes(place);
  const width = place => rows[place].state ? -1 : rows[place].width;
  return places.sort((a, b) => last(a) - last(b) || width(b) - width(a) || a - b);
}

function bar(item, rows, place, language, words) {
  const row = rows[place];
  const line = element("li", "", item.last.includes(place) ? "quiet" : "");
  const track = element("span", "", "track");
  const count = element("span", "", "count");
  track.setAttribute("aria-hidden", "true");
  track.append(element("i"));
  track.firstChild.style.width = `${row.state ? 0 : row.width}%`;
  if (row.state) {
    count.append(element("small", words.choose_hidden));
  } else {
    count.append(element("b", row.n[language]));
    if (row.share[language]) count.append(" ", element("small", row.share[language]));
  }
  line.append(element("span", item.values[language][place], "name"), track, count);
  return line;
}

function bars(item, counts, name, language, words) {
  const made = element("div");
  const list = element("ul", "", "bars");
  const one = counts.base[language];
  if (name) made.append(element("h3", name));
  if (one) {
    const units = item.units[language][one === "1" ? 0 : 1];
    const told = words.choose_of.replace("{base}", one).replace("{units}", units);
    made.append(element("p", item.several ? `${told} ${words.choose_several}` : told, "base"));
  }
  list.append(...order(item, counts.rows).map(
    place => bar(item, counts.rows, place, language, words)));
  made.append(list);
  return made;
}

function chooser(page) {
  const language = page.lang, words = data.words[language];
  const question = page.querySelector("select.question");
  const group = page.querySelector("select.group");
  const chosen = page.querySelector(".chosen");
  if (!question) return;
  data.choices.forEach((source, at) => {
    const part = element("optgroup");
    part.label = source.words[language];
    source.items.forEach((item, place) => option(part, `${at} ${place}`, item.words[language]));
    question.append(part);
  });
  const found = () => {
    const [at, place] = question.value.split(" ").map(Number);
    return [data.choices[at], data.choices[at].items[place]];
  };
  const show = () => {
    const [source, item] = found();
    const by = source.groups.find(one => one.name === group.value);
    chosen.replaceChildren(...Object.entries(item.counts[group.value]).map(([key, counts]) =>
      bars(item, counts, by ? by.values[language][key] || key : "", language, words)));
  };
  const renew = () => {
    const [source, item] = found(), kept = group.value;
    group.replaceChildren();
    option(group, "", words.choose_everyone);
    source.groups.filter(one => one.name in item.counts)
      .forEach(one => option(group, one.name, one.words[language]));
    group.value = kept in item.counts ? kept : "";
    show();
  };
  question.addEventListener("change", renew);
  group.addEventListener("change", show);
  renew();
}

function search(page) {
  const language = page.lang, list = page.querySelector(".found");
  const words = one => one.title[language] || Object.values(one.title)[0];
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  page.querySelector("input[type=search]").addEventListener("input", event => {
    const asked = plain(event.target.value).split(/\s+/).filter(Boolean);
    const hits = asked.length ? data.found.filter(one => {
      const title = plain(words(one));
      return asked.every(word => title.includes(word));
    }) : [];
    list.replaceChildren(...hits.slice(0, 20).map(one => {
      const line = element("li"), link = element("a", words(one));
      link.href = one.address;
      line.append(link);
      return line;
    }));
    if (asked.length && !hits.length) list.append(element("li", data.words[language].search_none));
  });
}

const pages = [...document.querySelectorAll(".page")];
pages.forEach(page => {
  chooser(page);
  search(page);
  const other = page.querySelector("button.language");
  if (other) {
    other.addEventListener("click", () => {
      pages.forEach(one => { one.hidden = !one.hidden; });
      const seen = pages.find(one => !one.hidden);
      document.documentElement.lang = seen.lang;
      seen.querySelector("button.language").focus();
    });
  }
});
