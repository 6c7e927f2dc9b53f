import { ApiError, type Call } from './call.ts';
import { checkRate } from './edit-rules.ts';
import { parse } from './parse.ts';
import { query } from './query.ts';
import { csrfToken } from './query-site.ts';
import type { Software } from './software.ts';
import { discussionToolsPageInfo, expandTemplates, homepageQuestionStore } from './reads.ts';
import { iso } from './times.ts';
import { editPage } from './write-edit.ts';
import { askMentor } from './write-question.ts';
import { manageMentorList } from './write-mentors.ts';
import { setMenteeState, setMentor } from './write-mentee.ts';
import { changeOptions } from './write-options.ts';
import { addTopic } from './write-topic.ts';

interface Actions {
  readonly reads: Readonly<Record<string, (call: Call) => Record<string, unknown>>>;
  /**
   * Each action reads its parameters before it returns the task to run, because bad values are reported before bad
   * tokens.
   */
  readonly writes: Readonly<Record<string, (call: Call) => () => Record<string, unknown>>>;
}

const core = {
  reads: { query, expandtemplates: expandTemplates, parse },
  writes: { options: changeOptions, edit: editPage },
} as const satisfies Actions;

const actionsOf: Readonly<Record<Software['extensions'], Actions>> = {
  none: core,
  growth: {
    reads: {
      ...core.reads,
      homepagequestionstore: homepageQuestionStore,
      discussiontoolspageinfo: discussionToolsPageInfo,
    },
    writes: {
      ...core.writes,
      growthsetmenteestatus: setMenteeState,
      growthsetmentor: setMentor,
      growthmanagementorlist: manageMentorList,
      helppanelquestionposter: askMentor,
      discussiontoolsedit: addTopic,
    },
  },
};

function checkAsserts(call: Call): void {
  const { viewer } = call;
  const wanted = call.get('assertuser');
  if (call.get('assert') === 'user' && viewer.kind !== 'named') {
    const info = 'You are no longer logged in, so the action could not be completed.';
    throw new ApiError('assertuserfailed', info);
  }
  if (wanted !== null && call.wiki.user(wanted) !== viewer) {
    const info = `You are no longer logged in as "${wanted}", so the action could not be completed.`;
    throw new ApiError('assertnameduserfailed', info);
  }
}

function checkLag(call: Call): void {
  const maxlag = call.get('maxlag');
  // The recorded wiki has one database server and reports its lag as -1.
  if (maxlag === null || Number(maxlag) >= -1) return;
  throw new ApiError('maxlag', 'Waiting for a database server: -1 second lagged.', {
    data: { host: '', lag: -1, type: 'db' },
    headers: { 'retry-after': '5', 'x-database-lag': '-1' },
  });
}

function checkToken(call: Call): void {
  const token = call.required('token');
  if (call.isInUrl('token') || call.method !== 'POST') {
    const info =
      'The following parameter was found in the query string, but must be in the POST body: token.';
    throw new ApiError('mustpostparams', info);
  }
  if (token !== csrfToken(call.viewer)) throw new ApiError('badtoken', 'Invalid CSRF token.');
}

function checkWritable(call: Call): void {
  const readonlyreason = call.wiki.readOnlyReason;
  if (readonlyreason === null) return;
  throw new ApiError('readonly', 'The wiki is currently in read-only mode.', { data: { readonlyreason } });
}

function inModule<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) error.module ??= name;
    throw error;
  }
}

/** Returns the response to a request by its `action`. */
export function answer(call: Call): Record<string, unknown> {
  const result = inModule('main', () => {
    checkAsserts(call);
    const { reads, writes } = actionsOf[call.wiki.software.extensions];
    const action = call.oneOf('action', [...Object.keys(reads), ...Object.keys(writes)]);
    if (call.has('crossorigin')) {
      const text = 'Unrecognized parameter: crossorigin.';
      call.warnings.push({ module: 'main', code: 'unrecognizedparams', text });
    }
    const write = writes[action];
    if (!write) {
      checkLag(call);
      return inModule(action, () => reads[action]?.(call) ?? {});
    }
    const execute = inModule(action, () => {
      const prepared = write(call);
      checkToken(call);
      return prepared;
    });
    checkWritable(call);
    checkLag(call);
    return inModule(action, () => {
      checkRate(call.wiki, action);
      return execute();
    });
  });
  return {
    ...(call.has('requestid') && { requestid: call.get('requestid') }),
    ...(call.has('curtimestamp') && { curtimestamp: iso(call.wiki.now()) }),
    ...result,
  };
}
