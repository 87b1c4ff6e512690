import type { TicketPriority } from '@/lib/kernel/db/generated/enums'

type Conversation = {
  subject: string
  description: string
  team: 'Support' | 'Billing'
  priority: TicketPriority
  tags: string[]
  /** What members say to each other. */
  note?: string
  reply: string
  answer: string
  solution: string
}

/** What customers of the demo organisation ask, and what they are told. */
export const CONVERSATIONS: Conversation[] = [
  {
    subject: 'Charged twice for one seat',
    description: 'Our card shows the same seat twice on the 3rd. Can you look?',
    team: 'Billing',
    priority: 'high',
    tags: ['invoices', 'refund'],
    note: 'The retry of a failed payment went through as well. Refund the second.',
    reply: 'Thank you for telling us: you are right, the second charge is a mistake. I am sending it back today.',
    answer: 'Great. How long does that take to show up?',
    solution: 'Your bank says three to five days. The corrected invoice is attached to your account.',
  },
  {
    subject: 'Invoice without our VAT number',
    description: 'Our accountants cannot book the last invoice: the VAT number is missing.',
    team: 'Billing',
    priority: 'normal',
    tags: ['invoices'],
    reply: 'We can add it. Which number should the invoice show?',
    answer: 'GB 123 4567 89, please, from last month on.',
    solution: 'Done: last month’s invoice is made again with the number, and the next ones will have it.',
  },
  {
    subject: 'Export stops at ten thousand rows',
    description: 'The CSV of our leads ends after exactly 10,000 rows. We have about 14,000.',
    team: 'Support',
    priority: 'high',
    tags: ['export', 'api'],
    note: 'They read one page and not next_cursor. Send them the guide on pagination.',
    reply: 'The API gives a list page by page. Do you follow next_cursor until it is null?',
    answer: 'We did not know about that. Is there an example?',
    solution: 'There is one in the guide on pagination, in Python too. With it you get all of them.',
  },
  {
    subject: 'Invitation never arrived',
    description: 'I invited two colleagues yesterday and neither has got a mail.',
    team: 'Support',
    priority: 'normal',
    tags: ['sign-in'],
    reply: 'I have looked: your mail server turned both away. Could they allow our address?',
    answer: 'Our IT has done so. Can you send them again?',
    solution: 'Both have been sent again, and one has been accepted already.',
  },
  {
    subject: 'Everything is slow since this morning',
    description: 'Pages take ten seconds and more for all of us in Lisbon.',
    team: 'Support',
    priority: 'urgent',
    tags: ['incident'],
    note: 'Same as the three before: the network of their provider. Watch the status page.',
    reply: 'We see it too and are on it. The status page tells how far we are.',
    answer: 'It is better now, but not as before.',
    solution: 'The provider has mended it, and the times are what they were. We are sorry for the morning.',
  },
  {
    subject: 'How do we move to the yearly plan?',
    description: 'We pay by the month and would like to pay by the year from next quarter on.',
    team: 'Billing',
    priority: 'low',
    tags: ['plans'],
    reply: 'Gladly. Shall it begin on the 1st, with what is left of this month credited?',
    answer: 'Yes, and with five seats more.',
    solution: 'It is set: from the 1st you are on the yearly plan with five more seats.',
  },
  {
    subject: 'Key works in the sandbox, not in production',
    description: 'The same call answers 200 with the test key and 403 with the live one.',
    team: 'Support',
    priority: 'normal',
    tags: ['api', 'keys'],
    reply: 'The live key lacks leads:create: the reply names it under required_scopes. Your Admin can add it.',
    answer: 'Found it. Does a change of scopes need a new key?',
    solution: 'No, it holds from the next call on with the key that you have.',
  },
  {
    subject: 'Can we have the data deleted of somebody who asks?',
    description: 'A former customer of ours wants everything about them removed.',
    team: 'Support',
    priority: 'normal',
    tags: ['privacy'],
    reply: 'Yes. Delete the contact: lists and sequences lose it too. Do you need a confirmation for your files?',
    answer: 'That would be good.',
    solution: 'It has been sent to you. What the activities keep of it is the id alone.',
  },
]

export const CUSTOMERS: [first_name: string, last_name: string, company: string, domain: string][] = [
  ['Amara', 'Okafor', 'Northwind Traders', 'northwind.example'],
  ['Jonas', 'Lindqvist', 'Northwind Traders', 'northwind.example'],
  ['Beatriz', 'Almeida', 'Contoso Logistics', 'contoso.example'],
  ['Chen', 'Wei', 'Blue Yonder Air', 'blueyonder.example'],
  ['Farah', 'Haddad', 'Fabrikam Tools', 'fabrikam.example'],
  ['Giulia', 'Rossi', 'Litware Analytics', 'litware.example'],
  ['Hana', 'Nakamura', 'Proseware Health', 'proseware.example'],
  ['Kofi', 'Mensah', 'Tailspin Toys', 'tailspin.example'],
  ['Leila', 'Moreau', 'Wingtip Foods', 'wingtip.example'],
  ['Mateo', 'Vargas', 'Adatum Energy', 'adatum.example'],
  ['Nadia', 'Ivanova', 'Lamna Robotics', 'lamna.example'],
  ['Tomasz', 'Kowalski', 'Lamna Robotics', 'lamna.example'],
]
