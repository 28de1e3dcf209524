import { expect, test } from "vitest";
import { boundsHere, sideBySide } from "./container-bounds.ts";

const GB = 1024 ** 3;
const machine = { memoryBytes: 64 * GB, cores: 16 };
const within = (files: Readonly<Record<string, string>>) => boundsHere((path) => files[path], machine);

test("a container's own limits hold, wherever on the way they are set", () => {
  expect(within({ "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": `${2 * GB}\n`, "/sys/fs/cgroup/cpu.max": "150000 100000\n" })).toEqual({ memoryBytes: 2 * GB, cores: 2 });
  const pod = { "/proc/self/cgroup": "0::/kubepods/pod1/box\n", "/sys/fs/cgroup/kubepods/pod1/box/memory.max": "max\n", "/sys/fs/cgroup/kubepods/pod1/memory.max": `${4 * GB}\n`, "/sys/fs/cgroup/kubepods/pod1/box/cpu.max": "max 100000\n" };
  expect(within(pod)).toEqual({ memoryBytes: 4 * GB, cores: 16 });
});

test("version 1 says the same in other files", () => {
  const files = {
    "/proc/self/cgroup": "5:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n0::/\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": `${GB}\n`,
    "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us": "400000\n",
    "/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us": "100000\n",
  };
  expect(within(files)).toEqual({ memoryBytes: GB, cores: 4 });
});

test("no limit, a limit above the machine, or a text nobody writes: the machine's own", () => {
  expect(within({})).toEqual(machine);
  expect(within({ "/proc/self/cgroup": "5:memory:/\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n" })).toEqual(machine);
  expect(within({ "/proc/self/cgroup": "0::/a/../../etc\nnonsense\n", "/sys/fs/cgroup/memory.max": "lots\n", "/sys/fs/cgroup/cpu.max": "100000\n" })).toEqual(machine);
  expect(within({ "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "0 100000\n" })).toEqual(machine);
});

test("as many processes stand side by side as have a core and memory", () => {
  expect(sideBySide({ memoryBytes: 64 * GB, cores: 8 })).toBe(8);
  expect(sideBySide({ memoryBytes: 2 * GB, cores: 8 })).toBe(2);
  expect(sideBySide({ memoryBytes: GB / 4, cores: 8 })).toBe(1);
});
