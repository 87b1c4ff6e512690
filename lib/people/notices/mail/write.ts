import { runtime } from '@/lib/base/node/runtime'
import type { Mail } from '@/lib/kernel/mail/send'
import { unsubscribeHeaders } from '@/lib/kernel/unsubscribes/link'
import type { ShownNotice } from '@/lib/people/notices/contract'
import { sealEnd } from '@/lib/people/notices/mail/end-link'

/** Notices that one mail names; the rest is counted. */
const MOST_NAMED = 40

type Person = { id: string; name: string; email: string }

/** A notice as a mail tells it. */
export type MailedNotice = Pick<ShownNotice, 'kind' | 'title' | 'subjects' | 'more' | 'path' | 'organization'>

type Digest = {
  person: Person
  notices: MailedNotice[]
  /** Whether it is the day's. */
  daily: boolean
  /** Of this mail, whichever attempt sends it. */
  mail_id: string
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Writes the one mail that tells of notices: its parts in text and in HTML, with a way out that asks nothing (RFC 8058). */
export function writeMail({ person, notices, daily, mail_id }: Digest): Mail {
  const { appUrl } = runtime()
  const kinds = [...new Set(notices.map(({ kind }) => kind))]
  const token = sealEnd(person.id, kinds)
  const links = { choices: `${appUrl}/account#notices`, end: `${appUrl}/notices/off#${token}` }
  const named = notices.slice(0, MOST_NAMED)
  const beyond = notices.length - named.length
  return {
    to: person.email,
    subject: subjectOf(notices, daily),
    text: textOf(person, named, beyond, links),
    html: htmlOf(person, named, beyond, links),
    message_id: `<${mail_id}@${new URL(appUrl).hostname}>`,
    headers: {
      ...unsubscribeHeaders(`${appUrl}/api/notices/off?token=${token}`),
      // Nobody is to answer that they are away (RFC 3834).
      'Auto-Submitted': 'auto-generated',
    },
  }
}

function subjectOf(notices: MailedNotice[], daily: boolean): string {
  const [first] = notices
  const names = [...new Set(notices.map(({ organization }) => organization.name))]
  const whose = names.length === 1 && names[0] ? names[0] : `${names.length} organisations`
  if (first && notices.length === 1) return `${first.title} (${whose})`
  return `${daily ? 'The day’s' : notices.length} notices of ${whose}`
}

type Links = { choices: string; end: string }

const countOf = (count: number, what: string) => `and ${count.toLocaleString('en')} more ${what}`

function textOf({ name }: Person, notices: MailedNotice[], beyond: number, links: Links): string {
  const { appUrl } = runtime()
  const blocks = notices.map(({ title, subjects, more, path, organization }) => {
    const lines = subjects.map((subject) => `  ${subject.text}\n  ${appUrl}${subject.path}`)
    if (more > 0) lines.push(`  ${countOf(more, '')}`.trimEnd(), `  ${appUrl}${path}`)
    return [`${organization.name}: ${title}`, ...lines].join('\n')
  })
  if (beyond > 0) blocks.push(`… ${countOf(beyond, 'notices')}`)
  return `Hello ${name},

${blocks.join('\n\n')}

All times are in UTC.

What you are told, and how: ${links.choices}
No more mails like this one: ${links.end}
`
}

const MUTED = 'color:#6b7280;font-size:13px'

function htmlOf({ name }: Person, notices: MailedNotice[], beyond: number, links: Links): string {
  const { appUrl } = runtime()
  const link = (url: string, text: string) => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
  const blocks = notices.map(({ title, subjects, more, path, organization }) => {
    const items = subjects.map((subject) => `<li>${link(appUrl + subject.path, subject.text)}</li>`)
    if (more > 0) items.push(`<li>${link(appUrl + path, countOf(more, '').trimEnd())}</li>`)
    const head = `<p><strong>${escapeHtml(title)}</strong><br><span style="${MUTED}">${escapeHtml(organization.name)}</span></p>`
    return `${head}\n<ul>${items.join('\n')}</ul>`
  })
  if (beyond > 0) blocks.push(`<p>… ${countOf(beyond, 'notices')}</p>`)
  return `<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:36rem">
<p>Hello ${escapeHtml(name)},</p>
${blocks.join('\n')}
<p style="${MUTED}">All times are in UTC.<br>
${link(links.choices, 'What you are told, and how')} · ${link(links.end, 'No more mails like this one')}</p>
</body></html>
`
}
