// Keeps the links of the examples on the page, because sample data have no wiki.
const preventNavigation = (event: Event): void => {
  const path = event.composedPath();
  const isLink = path.some((target) => target instanceof HTMLAnchorElement);
  if (isLink && path.some((target) => target instanceof Element && target.matches('.live')))
    event.preventDefault();
};

document.addEventListener('click', preventNavigation);
document.addEventListener('auxclick', preventNavigation);
