import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SAMPLE_FILE } from '@/lib/docs/sample-of-operation'

/** Runs many small programs of one language in one process: a process for each would take minutes. */

const run = promisify(execFile)

/** A program as a reader would run it, with the variables that are set for it. */
export type Program = { code: string; env: Record<string, string> }

type Runner = { command: string; file: string; driver: string }

// Each driver reads a list of files with their variables, and runs one after the other. A refusal by the API ends its
// own program only; anything else that goes wrong ends the run.
const RUNNERS: Record<string, Runner> = {
  curl: {
    command: 'bash',
    file: 'sh',
    // The variables of each program stand in a file beside it.
    driver: 'set -e; for file in program-*.sh; do ( . "./$file.env"; . "./$file" ); done',
  },
  python: {
    command: 'python3',
    file: 'py',
    driver: `
import json, os
for program in json.load(open("programs.json")):
    os.environ.update(program["env"])
    try:
        exec(compile(open(program["file"]).read(), program["file"], "exec"), {"__name__": "__main__"})
    except SystemExit:
        pass`,
  },
  javascript: {
    command: process.execPath,
    file: 'mjs',
    driver: `
import { readFileSync } from 'node:fs'
for (const { file, env } of JSON.parse(readFileSync('programs.json'))) {
  Object.assign(process.env, env)
  await import('./' + file)
}`,
  },
}

/** Whether this machine can run programs of a language. */
export function canRun(language: string): boolean {
  const commands = language === 'curl' ? ['bash', 'curl'] : [RUNNERS[language]?.command ?? '']
  return commands.every((command) => {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

/** Runs one program as a reader would: how it ends, and what it says of that. */
export async function runAlone(language: string, { code, env }: Program): Promise<{ failed: boolean; said: string }> {
  const runner = RUNNERS[language]
  if (!runner) throw new Error(`Nothing runs ${language}.`)
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-program-'))
  try {
    await writeFile(join(folder, `program.${runner.file}`), code)
    const options = { cwd: folder, env: { ...process.env, ...env } }
    const ended = await run(runner.command, [`program.${runner.file}`], options).catch((error: unknown) =>
      Object(error),
    )
    return { failed: ended.code !== undefined, said: `${ended.stderr}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/**
 * Runs the programs, one after the other.
 * @throws Error when one fails by anything but a refusal of the API
 */
export async function runPrograms(language: string, programs: readonly Program[]): Promise<void> {
  const runner = RUNNERS[language]
  if (!runner) throw new Error(`Nothing runs ${language}.`)
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-programs-'))
  try {
    const listed = programs.map(({ code, env }, index) => {
      const file = `program-${String(index).padStart(4, '0')}.${runner.file}`
      return { file, code, env }
    })
    for (const { file, code, env } of listed) {
      const sets = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`)
      await writeFile(join(folder, file), code)
      await writeFile(join(folder, `${file}.env`), sets.join(''))
    }
    // For those that send one.
    await writeFile(join(folder, SAMPLE_FILE), 'A note.\n')
    await writeFile(join(folder, 'programs.json'), JSON.stringify(listed.map(({ file, env }) => ({ file, env }))))
    await writeFile(join(folder, `driver.${runner.file}`), runner.driver)
    await run(runner.command, [`driver.${runner.file}`], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
