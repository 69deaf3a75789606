// Keys for moderating, on top of buttons that work without them.
//
// They work only while the statement, or something in it, has the focus, so that no key of a screen reader or of a
// browser is taken from anybody; and never while somebody types.

const statement = document.querySelector("[data-keys]");

const typesIn = (element) => element.matches("input:not([type=radio]), select, textarea");

const acts = {
  s: () => press("show"),
  x: () => press("do-not-show"),
  o: () => press("second-opinion"),
  m: () => open("merge")?.querySelector("select")?.focus(),
  n: () => statement.querySelector("[data-later]")?.click(),
};

function press(decision) {
  statement.querySelector(`button[value="${decision}"]`)?.click();
}

function open(name) {
  const part = statement.querySelector(`details[data-part="${name}"]`);
  if (part) part.open = true;
  return part;
}

function chooseReason(number) {
  const reason = open("reasons")?.querySelector(`[data-number="${number}"]`);
  if (!reason) return false;
  reason.checked = true;
  reason.focus();
  return true;
}

if (statement) {
  document.querySelector("[data-keys-told]")?.removeAttribute("hidden");
  statement.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typesIn(event.target)) return;
    const act = acts[event.key.toLowerCase()];
    if (act) act();
    else if (!/^[1-9]$/.test(event.key) || !chooseReason(event.key)) return;
    event.preventDefault();
  });
  if (!document.querySelector("[role=alert]")) statement.focus();
}
