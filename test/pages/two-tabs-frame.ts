import { MentorshipModule } from '../../src/index.js';
import { growthSource } from '../../src/sdk/index.js';
import type { TabsFixture } from '../two-tabs-fixture.js';

// Runs one tab in a frame, with the wiki and the clock of the page around it.
const { tabs } = window.parent as unknown as { tabs: TabsFixture };
const { send, now, api, id } = tabs.connect(window);

MentorshipModule.define();
const wiki = growthSource({
  api,
  now,
  fetch: async (input, init) => {
    const answer = await send(new Request(input, init));
    return new Response(await answer.text(), { status: answer.status, headers: [...answer.headers] });
  },
});
document.body.append(Object.assign(document.createElement('mentorship-module'), { source: { ...wiki, id } }));
