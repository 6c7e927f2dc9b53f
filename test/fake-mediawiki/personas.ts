/** All viewers with their user names; `null` for an anonymous one. */
export const personas = [
  { id: 'anon', name: null },
  { id: 'temp', name: '~2026-1' },
  { id: 'admin', name: 'Admin' },
  { id: 'n_ana', name: 'Newcomer Ana' },
  { id: 'n_ben', name: 'Newcomer Ben' },
  { id: 'n_cy', name: 'Newcomer Cy' },
  { id: 'n_dee', name: 'Newcomer Dee' },
  { id: 'n_eli', name: 'Newcomer Eli' },
  { id: 'n_flo', name: 'Newcomer Flo' },
  { id: 'n_rtl', name: 'مستخدم جديد' },
  { id: 'q_kim', name: 'Questioner Kim' },
  { id: 'x_lou', name: 'Lou Nohomepage' },
  { id: 'b_ivy', name: 'Blocked Ivy' },
  { id: 'b_jan', name: 'Partial Jan' },
  { id: 'e_gus', name: 'Editor Gus' },
  { id: 'e_hal', name: 'Experienced Hal' },
  { id: 'm_fatima', name: 'Mentor Fatima' },
  { id: 'm_marcus', name: 'Mentor Marcus' },
  { id: 'm_olga', name: 'Mentor Olga' },
] as const satisfies readonly { id: string; name: string | null }[];

/** A viewer of the wiki; also the name of a folder of recordings. */
export type PersonaId = (typeof personas)[number]['id'];
