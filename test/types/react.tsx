import type { MentorshipModuleProps } from 'mentorship-module/react';
import { createRef } from 'react';
import type { MentorshipModule } from 'mentorship-module';

const card = createRef<MentorshipModule>();
const theme: MentorshipModuleProps['theme'] = 'dark';

export const right = (
  <mentorship-module
    ref={card}
    key="card"
    className="wide"
    id="mentor"
    lang="de"
    api="/w/api.php"
    theme={theme}
    layout="summary"
    preview={null}
    messages={{ loading: 'One moment' }}
    onClick={() => void card.current?.refresh()}
    onmentorship-ready={(event) => event.variant}
    onmentorship-error={({ error }) => error.code}
    onmentorship-action={(event) => {
      if (event.action === 'ask' && event.phase === 'submit') event.preventDefault();
    }}
  >
    <a href="/mentor">Your mentor</a>
  </mentorship-module>
);

export const wrong = [
  // @ts-expect-error: a misspelt attribute
  <mentorship-module them="dark" key="1" />,
  // @ts-expect-error: a misspelt value
  <mentorship-module theme="drak" key="2" />,
  // @ts-expect-error: a value of another attribute
  <mentorship-module preview="summary" key="3" />,
  // @ts-expect-error: a misspelt field of an event
  <mentorship-module onmentorship-ready={(event) => event.varaint} key="4" />,
  // @ts-expect-error: a misspelt tag
  <mentorship-modul key="5" />,
];
