'use client';
import 'mentorship-module/define.js';

export default function Page() {
  return (
    <>
      <mentorship-module id="english" preview="mentored"></mentorship-module>
      <mentorship-module id="german" preview="mentored" lang="de"></mentorship-module>
    </>
  );
}
