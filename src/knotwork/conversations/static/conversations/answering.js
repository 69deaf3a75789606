// The next statement in the place of this one: one way to the server for each answer instead of two.
//
// It stands on top of a form that works without it. A page of another address is gone to as usual; and if the way to the
// server is broken, the browser sends the form itself and says so.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!button || !form.matches("[data-answers]") || new URL(form.action).pathname !== location.pathname) return;
  event.preventDefault();
  const page = document.querySelector("main");
  if (page.hasAttribute("aria-busy")) return; // pressed twice
  page.setAttribute("aria-busy", "true");
  const said = new URLSearchParams(new FormData(form));
  said.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: said, headers: { "X-Next-Page": "1" } });
    if (new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
    else show(await answer.text());
  } catch {
    const { name, value } = button;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.submit();
  }
});

function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const part = next.querySelector("body > main:only-child");
  document.title = next.title;
  if (part) {
    document.querySelector("main").replaceWith(part);
  } else {
    document.documentElement.lang = next.documentElement.lang;
    document.body.replaceWith(next.body);
  }
  scrollTo(0, 0);
  document.querySelector("main").focus(); // a screen reader begins with the new statement
}
