import { describe, expect, it } from 'vitest';
import { Courses } from './courses';

// Three ties over eight months: friendly from 1, hostile from 4; allied from 0; told of from 2, with a state from 6.
const columns = { months: 8, ties: { left: [0, 0, 1], offset: [0, 2, 3, 5], month: [1, 4, 0, 2, 6], code: [4, 1, 5, 64, 2] } };
const naive = (tie: number, month: number) => {
  let code = 0;
  for (let point = columns.ties.offset[tie]!; point < columns.ties.offset[tie + 1]!; point++) if (columns.ties.month[point]! <= month) code = columns.ties.code[point]!;
  return code;
};

describe('courses', () => {
  it('say the same wherever time comes from', () => {
    const courses = new Courses(columns);
    for (const month of [0, 7, 3, 3, 5, 1, 6, -1, 4, 99, 2, 0]) {
      const before = [...courses.code], changed = courses.to(month);
      const goal = Math.min(7, month);
      expect([...courses.code]).toEqual([0, 1, 2].map((tie) => naive(tie, goal)));
      expect(changed.sort()).toEqual([0, 1, 2].filter((tie) => before[tie] !== courses.code[tie]));
      for (const tie of [0, 1, 2]) expect(courses.at(tie, goal)).toBe(naive(tie, goal));
    }
  });

  it('name only the ties that look otherwise', () => {
    const courses = new Courses(columns);
    courses.to(3);
    expect(courses.to(4)).toEqual([0]);
    expect(courses.to(5)).toEqual([]);
    expect(courses.to(3)).toEqual([0]);
  });

  it('tell the changes of state of a window', () => {
    const courses = new Courses(columns);
    expect(courses.changes(2, 7)).toEqual([{ tie: 0, month: 4, before: 4, after: 1 }, { tie: 2, month: 6, before: 0, after: 2 }]);
    expect(courses.changes(5, 5)).toEqual([]);
    expect(courses.changeMonths()).toEqual([0, 1, 4, 6]);
    expect(courses.changeMonths((tie) => tie === 0)).toEqual([1, 4]);
    expect(courses.course(2)).toEqual([{ month: 2, code: 64 }, { month: 6, code: 2 }]);
  });

  it('bear a ledger that tells nothing', () => {
    const courses = new Courses({ months: 1, ties: { left: [], offset: [0], month: [], code: [] } });
    expect(courses.to(0)).toEqual([]);
    expect(courses.changes(0, 1)).toEqual([]);
  });
});
