import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LANGUAGES } from '@/lib/contracts/samples/languages'
import type { SampleCall } from '@/lib/contracts/samples/sample-call'

const call: SampleCall = {
  method: 'PATCH',
  url: 'https://keys.acme.test/api/v1/leads/$LEAD_ID',
  key: '$LATCHKEY_API_KEY',
  body: { notes: 'It\'s $5, "really"', tags: ['a', 'b'], custom: { paying: true, left: null, 'with space': 1 } },
  replies: true,
  variables: ['LATCHKEY_API_KEY', 'LEAD_ID'],
}

const written = (name: string, sample: SampleCall) => LANGUAGES.find((one) => one.name === name)?.write(sample)

test('curl is written as it is typed in bash', () => {
  expect(written('curl', call)).toMatchInlineSnapshot(`
    "curl -X PATCH "https://keys.acme.test/api/v1/leads/$LEAD_ID" \\
      -H "Authorization: Bearer $LATCHKEY_API_KEY" \\
      -H 'Content-Type: application/json' \\
      -d '{
      "notes": "It'\\''s $5, \\"really\\"",
      "tags": [
        "a",
        "b"
      ],
      "custom": {
        "paying": true,
        "left": null,
        "with space": 1
      }
    }'"
  `)
})

test('Python is written with its own literals', () => {
  expect(written('python', call)).toMatchInlineSnapshot(`
    "import json
    import os
    import sys
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    request = Request(
        "https://keys.acme.test/api/v1/leads/" + os.environ["LEAD_ID"],
        method="PATCH",
        headers={
            "Authorization": "Bearer " + os.environ["LATCHKEY_API_KEY"],
            "Content-Type": "application/json",
        },
        data=json.dumps({
            "notes": "It's $5, \\"really\\"",
            "tags": ["a", "b"],
            "custom": {
                "paying": True,
                "left": None,
                "with space": 1,
            },
        }).encode(),
    )
    try:
        with urlopen(request) as response:
            print(json.load(response))
    except HTTPError as problem:
        sys.exit(problem.read().decode())"
  `)
})

test('JavaScript is written as a module for Node', () => {
  expect(written('javascript', call)).toMatchInlineSnapshot(`
    "const response = await fetch(\`https://keys.acme.test/api/v1/leads/\${process.env.LEAD_ID}\`, {
      method: 'PATCH',
      headers: {
        Authorization: \`Bearer \${process.env.LATCHKEY_API_KEY}\`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        notes: 'It\\'s $5, "really"',
        tags: ['a', 'b'],
        custom: {
          paying: true,
          left: null,
          'with space': 1,
        },
      }),
    })
    if (!response.ok) throw new Error(await response.text())
    console.log(await response.json())"
  `)
})

test('a body that names a row is read from standard input, where the shell puts it in', () => {
  const enrol = { ...call, method: 'POST', body: { contact_id: '$CONTACT_ID' }, variables: ['CONTACT_ID'], key: 'k' }
  expect(written('curl', enrol)).toMatchInlineSnapshot(`
    "curl -X POST "https://keys.acme.test/api/v1/leads/\\$LEAD_ID" \\
      -H "Authorization: Bearer k" \\
      -H 'Content-Type: application/json' \\
      -d @- <<JSON
    {
      "contact_id": "$CONTACT_ID"
    }
    JSON"
  `)
})

const upload: SampleCall = {
  method: 'PUT',
  url: 'https://keys.acme.test/api/v1/files/1',
  key: 'k',
  upload: { file: 'file.bin', type: 'image/png' },
  replies: false,
  saveTo: 'reply.bin',
  variables: [],
}

test('a file is sent as it is, and one that comes is saved, in every language', () => {
  expect(written('curl', upload)).toMatchInlineSnapshot(`
    "curl -X PUT "https://keys.acme.test/api/v1/files/1" \\
      -H "Authorization: Bearer k" \\
      -H 'Content-Type: image/png' \\
      --data-binary @file.bin \\
      -o reply.bin"
  `)
  expect(written('python', upload)).toMatchInlineSnapshot(`
    "import sys
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    request = Request(
        "https://keys.acme.test/api/v1/files/1",
        method="PUT",
        headers={
            "Authorization": "Bearer k",
            "Content-Type": "image/png",
        },
        data=open("file.bin", "rb").read(),
    )
    try:
        with urlopen(request) as response:
            open("reply.bin", "wb").write(response.read())
    except HTTPError as problem:
        sys.exit(problem.read().decode())"
  `)
  expect(written('javascript', upload)).toMatchInlineSnapshot(`
    "import { readFile, writeFile } from 'node:fs/promises'

    const response = await fetch('https://keys.acme.test/api/v1/files/1', {
      method: 'PUT',
      headers: {
        Authorization: 'Bearer k',
        'Content-Type': 'image/png',
      },
      body: await readFile('file.bin'),
    })
    if (!response.ok) throw new Error(await response.text())
    await writeFile('reply.bin', Buffer.from(await response.arrayBuffer()))"
  `)
})

/** Bash's own reading of what is typed after `curl`. */
const wordsOf = (command: string, env: Record<string, string>): { words: string[]; input: string } => {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\0'; cat; }\n${command}`
  const options = { env: { ...process.env, ...env }, input: '', encoding: 'utf8' } as const
  const [words = '', input = ''] = execFileSync('bash', ['--norc', '-c', script], options).split('\0\0')
  return { words: words.split('\0'), input }
}

const awkward = fc.string({ unit: fc.constantFrom(...'a1\'"\\$`!{}() \n%') })

test('whatever stands in a body, bash hands it to curl unchanged', () => {
  fc.assert(
    fc.property(fc.array(awkward, { maxLength: 20 }), fc.boolean(), (texts, refers) => {
      const body = { texts, ...(refers && { id: '$CONTACT_ID' }) }
      const command = written('curl', { ...call, body, variables: refers ? ['CONTACT_ID'] : [] }) ?? ''
      const { words, input } = wordsOf(command, { CONTACT_ID: 'an-id' })
      const sent: unknown = JSON.parse(refers ? input : (words[words.indexOf('-d') + 1] ?? ''))
      expect(sent).toEqual({ texts, ...(refers && { id: 'an-id' }) })
    }),
    { numRuns: 20 },
  )
})
