/**
 * The seconds of processor time that `work` takes, all threads together. Unlike the wall's it does not grow when other
 * programs are busy, so that a limit on it fails for slow code only.
 */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}
