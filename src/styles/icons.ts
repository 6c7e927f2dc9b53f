import { html } from 'lit';

/** Icon of a speaking person, drawn for this project. Hidden from screen readers, because the name is beside it. */
export const person = html`<svg viewBox="0 0 20 20" aria-hidden="true">
  <path d="M8 4a4 4 0 1 0 .1 0zM0 20c0-4 3-6.5 8-6.5s8 2.5 8 6.5zM12 0h8v6h-4.5L13 8.5V6h-1z" />
</svg>`;

export const dots = html`<svg viewBox="0 0 20 20" aria-hidden="true">
  <path d="M2 8h4v4H2zM8 8h4v4H8zM14 8h4v4h-4z" />
</svg>`;
