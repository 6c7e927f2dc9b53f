import { svg } from 'lit';

/** Somebody who speaks; drawn for this project. Decoration: the name stands beside it. */
export const person = svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM0 20c0-4 3-6.500 8-6.500s8 2.500 8 6.500zM12 0h8v6h-4.500L13 8.500V6h-1z"/></svg>`;
