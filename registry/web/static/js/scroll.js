// A table that fits needs no tab stop: only a frame that can be scrolled keeps it, and says so in words above itself.
// Tables that are laid beside each other to be compared (data-together) are scrolled together.
export default (element) => {
  const said = element.parentElement.querySelector(":scope > .goes-on");
  const update = () => {
    const goesOn = element.scrollWidth > element.clientWidth + 1;
    if (goesOn) element.setAttribute("tabindex", "0");
    else element.removeAttribute("tabindex");
    if (said) said.hidden = !goesOn;
  };
  update();
  new ResizeObserver(update).observe(element);
  const group = element.closest("[data-together]");
  if (!group) return;
  element.addEventListener("scroll", () => {
    for (const other of group.querySelectorAll(".scroll")) {
      if (other !== element && other.scrollLeft !== element.scrollLeft) other.scrollLeft = element.scrollLeft;
    }
  }, { passive: true });
};
