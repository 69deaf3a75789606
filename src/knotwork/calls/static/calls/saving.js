// Saves an answer while somebody types, on top of a button that works without it.
//
// The button stays the way to go on. What is said about saving stands in one line that is read out politely, and only
// when it changes.

const form = document.querySelector("form[data-saves]");
const PAUSE = 2500;

if (form) {
  const box = form.querySelector("textarea");
  const seen = form.querySelector("input[name=seen]");
  const said = document.querySelector("[data-said]");
  let kept = box.value;
  let timer = null;
  let isSaving = false;

  const say = (name) => {
    said.textContent = said.dataset[name];
  };

  const save = async () => {
    if (isSaving || box.value === kept) return;
    isSaving = true;
    const typed = box.value;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { revision, others } = await answer.json();
      kept = typed;
      seen.value = revision;
      say(others ? "others" : "saved");
    } catch {
      say("failed");
    } finally {
      isSaving = false;
    }
    if (box.value !== kept && box.value !== typed) later();
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  said.removeAttribute("hidden");
  box.addEventListener("input", later);
  box.addEventListener("blur", save);
}
