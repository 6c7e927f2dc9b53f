import { html, type TemplateResult } from 'lit';

/** Renders content in a drawing of a wiki page, with fonts, sizes and columns like those of the skin. */
export const skinFrame = (
  { skin, dir }: { skin: string; dir: string },
  content: TemplateResult,
): TemplateResult =>
  skin === 'none'
    ? content
    : html`
        <div class="skin" data-skin=${skin} dir=${dir}>
          <div class="skin-bar" aria-hidden="true"><span></span><span></span></div>
          <div class="skin-menu" aria-hidden="true"><span></span><span></span><span></span></div>
          <div class="skin-page">
            <p class="skin-title" aria-hidden="true">Homepage</p>
            ${content}
          </div>
        </div>
      `;
