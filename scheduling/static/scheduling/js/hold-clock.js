// Counts down the minutes for which a time is held. Without it the page says until when, and the
// server alone decides; here the seconds are shown, and a screen reader hears of it three times.
const ANNOUNCED = [300, 120, 60];
const OVER = "The time is over. You can still send the form: if nobody else took it, it is yours.";

function start(clock) {
  // Counted from the seconds that the server gave: the visitor's own clock may be wrong.
  const end = performance.now() + Number(clock.dataset.secondsLeft) * 1000;
  const left = clock.querySelector(".hold-clock-left");
  const status = clock.querySelector("[role=status]");
  let announcements = ANNOUNCED.filter((limit) => limit < Number(clock.dataset.secondsLeft));
  left.hidden = false;
  left.setAttribute("aria-hidden", "true");

  function tick() {
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
    const due = announcements.filter((limit) => seconds <= limit);
    if (due.length && seconds > 0) {
      announcements = announcements.filter((limit) => seconds > limit);
      const minutes = Math.ceil(seconds / 60);
      status.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left to book this time.`;
    }
    if (seconds === 0) {
      clearInterval(timer);
      left.hidden = true;
      status.classList.remove("visually-hidden");
      status.textContent = OVER;
    }
  }

  const timer = setInterval(tick, 1000);
  tick();
}

document.querySelectorAll("[data-seconds-left]").forEach(start);
