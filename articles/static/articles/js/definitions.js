// A definition shows while its term is pointed at or has the focus: the style sheet does that.
// Escape puts it away without moving either (WCAG 2.2, 1.4.13), until the term is left.
const AWAY = "definition-away";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".defined:is(:hover, :focus-within)")) {
    term.classList.add(AWAY);
  }
});

for (const leaving of ["focusout", "mouseout"]) {
  document.addEventListener(leaving, (event) => {
    const term = event.target.closest?.(".defined");
    if (term && !term.contains(event.relatedTarget)) term.classList.remove(AWAY);
  });
}
