// A table that fits needs no tab stop: only a frame that can be scrolled keeps it.
export default (element) => {
  const update = () => {
    if (element.scrollWidth > element.clientWidth + 1) element.setAttribute("tabindex", "0");
    else element.removeAttribute("tabindex");
  };
  update();
  new ResizeObserver(update).observe(element);
};
