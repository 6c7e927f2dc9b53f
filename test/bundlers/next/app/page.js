'use client';
import Link from 'next/link';
import 'mentorship-module/define.js';

export default function Page() {
  return (
    <>
      <Link href="/second">second</Link>
      <input id="field" />
      <mentorship-module id="english" preview="mentored"></mentorship-module>
      <mentorship-module id="german" preview="mentored" lang="de"></mentorship-module>
    </>
  );
}
