// The page works without this. With it, a change is shown at once, and irrelevant questions go.
"use strict";

const form = document.getElementById("what-if");
const all = document.querySelector("form[data-all]");
const status = document.getElementById("status");
const held = document.getElementById("held");
let waiting = 0, turn = 0, busy = false, again = false;
let moved = "", fresh = false, told = location.search;

function addressOf(form, page) {
  const said = [...new FormData(form)].filter(([, value]) => value !== "");
  return page + "?" + new URLSearchParams(said);
}

async function look(address) {
  const mine = ++turn;
  const answer = await fetch(address, {headers: {Accept: "text/html"}});
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return mine === turn ? {page, url: answer.url, fine: answer.ok} : null;
}

function applying(page) {
  for (const part of document.querySelectorAll("[data-question]")) {
    const now = page.querySelector(`[data-question="${part.dataset.question}"]`);
    part.hidden = now.hidden;
    (part.matches("fieldset") ? part : part.querySelector("fieldset")).disabled = now.hidden;
  }
}

// What is wrong stands beside its question, as on the page of all questions.
function blame(page) {
  for (const part of form.querySelectorAll("fieldset")) {
    const there = page.getElementById(part.id), fault = there?.querySelector(".fault");
    part.querySelector(".fault")?.remove();
    if (fault) part.querySelector("legend").after(fault);
    part.setAttribute("aria-describedby", there?.getAttribute("aria-describedby") ?? "");
    part.querySelector("input:not([type])")?.setAttribute("aria-invalid", !!fault);
  }
}

async function whatIf() {
  again = busy;
  if (busy) return;
  busy = true;
  await show();
  busy = false;
  if (again) whatIf();
}

async function show() {
  let seen;
  try {
    seen = await look(addressOf(form, "advice"));
  } catch {
    form.submit();
    return;
  }
  if (!seen) return;
  blame(seen.page);
  held.hidden = seen.fine;
  status.classList.add("quiet");
  if (!seen.fine) {
    const faults = [...seen.page.querySelectorAll(".faults li")].map((each) => each.textContent.trim());
    held.querySelector("span").textContent = faults.join(" ") || seen.page.title;
    status.textContent = held.textContent;
    return;
  }
  const before = document.getElementById("before");
  if (before.hidden) {
    before.querySelector("span").textContent = document.querySelector("#now strong").textContent;
    before.hidden = false;
  }
  const opened = [...document.querySelectorAll("[data-live] details")].map((each) => each.open);
  for (const part of document.querySelectorAll("[data-live]"))
    part.replaceChildren(...seen.page.getElementById(part.id).childNodes);
  document.querySelectorAll("[data-live] details").forEach((each, n) => { each.open = !!opened[n]; });
  applying(seen.page);
  document.title = seen.page.title;
  status.textContent = document.querySelector("h1").textContent;
  history[fresh ? "pushState" : "replaceState"](null, "", seen.url);
  fresh = false;
  told = location.search;
}

function soon(what) {
  clearTimeout(waiting);
  waiting = setTimeout(what, 150);
}

document.addEventListener("input", (event) => {
  if (event.target.type === "range") event.target.nextElementSibling.value = event.target.value;
});

if (form) {
  form.querySelector("button").hidden = true;
  form.addEventListener("input", ({target}) => {
    // What is moved after something else has an entry of its own in the history: Back undoes it.
    fresh ||= target.name !== moved;
    moved = target.name;
    soon(whatIf);
  });
  addEventListener("popstate", () => { if (location.search !== told) location.reload(); });
  document.getElementById("tools").hidden = document.getElementById("moving").hidden = false;
  document.getElementById("print").addEventListener("click", () => print());
  document.getElementById("copy").addEventListener("click", async (event) => {
    await navigator.clipboard.writeText(location.href);
    status.classList.remove("quiet");
    status.textContent = event.target.dataset.done;
  });
}

function move(boxes, event) {
  const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  const next = boxes[(boxes.indexOf(event.target) + step + boxes.length) % boxes.length];
  boxes.forEach((each) => { each.tabIndex = each === next ? 0 : -1; });
  next.focus();
}

if (all) {
  // A stop for each question, as radio buttons have it: 30 questions have 130 boxes.
  for (const group of all.querySelectorAll("fieldset")) {
    const boxes = [...group.querySelectorAll("input[type=checkbox]")];
    boxes.slice(1).forEach((each) => { each.tabIndex = -1; });
    boxes.forEach((each) => each.addEventListener("keydown", (event) => move(boxes, event)));
  }
  document.getElementById("keys").hidden = false;
  all.addEventListener("change", () => soon(async () => {
    const seen = await look(addressOf(all, "all")).catch(() => null);
    if (seen) applying(seen.page);
  }));
}
