// A clerk types one key for each statement; the page says at once what it read. Without this the server says it after Enter.
const READ = { a: "agree", 1: "agree", d: "disagree", 2: "disagree", p: "pass", 3: "pass", "-": "empty", ".": "empty", 0: "empty", x: "empty" };

const box = document.querySelector("[data-typing-in]");
const sum = document.querySelector("[data-typing-in-sum]");
const rows = [...document.querySelectorAll("[data-typing-in-list] > li")];

function tell() {
  const keys = [...box.value.replace(/\s/g, "").toLowerCase()];
  const count = { agree: 0, disagree: 0, pass: 0, empty: 0, unknown: 0 };
  for (const key of keys) count[READ[key] ?? "unknown"] += 1;
  rows.forEach((row, at) => {
    const key = keys[at];
    row.querySelector("[data-typing-in-read]").textContent = key === undefined ? "" : sum.dataset[READ[key] ?? "unknown"];
    row.toggleAttribute("data-next", at === keys.length);
  });
  const words = Object.entries(count).filter(([, many]) => many).map(([kind, many]) => `${many} ${sum.dataset[kind]}`);
  if (keys.length && rows.length) {
    const left = rows.length - keys.length;
    if (left > 0) words.push(`${sum.dataset.missing} ${left}`);
    else if (left < 0) words.push(`${sum.dataset.tooMany} ${-left}`);
    else if (!count.unknown) words.push(sum.dataset.complete);
  }
  sum.textContent = words.join(" · ");
}

if (box && sum) {
  box.addEventListener("input", tell);
  tell();
  if (!document.querySelector(".error-summary")) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
}
