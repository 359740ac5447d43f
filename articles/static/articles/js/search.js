// Search as you type: the list is the page's own answer, so what is found is the same without this.
const PAUSE = 200; // milliseconds after the last letter

const form = document.querySelector("form[data-search]");
let waiting;
let asking;

async function search() {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const name = form.dataset.search;
    const [now, next] = [document, page].map((each) => each.getElementById(name));
    // The live region stays the one that screen readers follow; only its words change.
    now.firstElementChild.textContent = next.firstElementChild.textContent;
    now.replaceChildren(now.firstElementChild, ...[...next.children].slice(1));
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
