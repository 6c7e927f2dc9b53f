// Accounts of the wiki: the people of the recordings of a real wiki, in the order of their ids there.

/** Password of every account. It is not secret, because the wiki listens on 127.0.0.1 only. */
export const PASSWORD = 'mentorship-test';

const FATIMA = 'Mentor Fatima';
const MARCUS = 'Mentor Marcus';
const SALEM = 'مرشد سالم';
const OLGA = 'Mentor Olga';
const NINA = 'Mentor Nina';

export interface Person {
  id: string;
  name: string;
  /** Days since registration. */
  days: number;
  edits: number;
  /** Expected card. */
  card: string;
  groups?: string[];
  gender?: 'female' | 'male';
  mentor?: string;
  status?: 'opted-out' | 'disabled';
}

type Rest = Pick<Person, 'groups' | 'gender' | 'mentor' | 'status'>;

const person = (
  id: string,
  name: string,
  days: number,
  edits: number,
  card: string,
  rest: Rest = {},
): Person => ({
  id,
  name,
  days,
  edits,
  card,
  ...rest,
});

export const PEOPLE: readonly Person[] = [
  person('admin', 'Admin', 0, 6, 'opt-in (no mentor)', { groups: ['interface-admin'] }),
  person('m_fatima', FATIMA, 3200, 12345, 'mentor', { gender: 'female' }),
  person('m_marcus', MARCUS, 2100, 60500, 'mentor', { gender: 'male', mentor: FATIMA }),
  person('m_salem', SALEM, 900, 2048, 'mentor'),
  person('m_olga', OLGA, 4000, 98765, 'mentor (she is away)', { gender: 'female' }),
  person('m_nina', NINA, 800, 731, 'mentor (takes no new mentees)', { gender: 'female' }),
  person('n_ana', 'Newcomer Ana', 3, 1, 'mentored', { gender: 'female', mentor: FATIMA }),
  person('n_ben', 'Newcomer Ben', 10, 6, 'mentored, one question', { gender: 'male', mentor: MARCUS }),
  person('n_cy', 'Newcomer Cy', 0, 0, 'mentored', { mentor: SALEM }),
  person('n_dee', 'Newcomer Dee', 20, 3, 'mentored, the mentor is away', { mentor: OLGA }),
  person('n_eli', 'Newcomer Eli', 5, 0, 'opt-in (opted out)', { status: 'opted-out' }),
  person('n_flo', 'Newcomer Flo', 5, 0, 'none (disabled)', { status: 'disabled' }),
  person('e_gus', 'Editor Gus', 40, 120, 'opt-in (no mentor)'),
  person('e_hal', 'Experienced Hal', 400, 1500, 'invite, keeping the mentor', { mentor: NINA }),
  person('b_ivy', 'Blocked Ivy', 9, 2, 'none (blocked)', { mentor: FATIMA }),
  person('b_jan', 'Partial Jan', 9, 2, 'mentored (blocked from one page)', { mentor: FATIMA }),
  person('n_rtl', 'مستخدم جديد', 2, 1, 'mentored, one question', { mentor: SALEM }),
  person('q_kim', 'Questioner Kim', 15, 7, 'mentored, three questions', { mentor: FATIMA }),
  person('x_lou', 'Lou Nohomepage', 30, 0, 'mentored', { mentor: MARCUS }),
];
