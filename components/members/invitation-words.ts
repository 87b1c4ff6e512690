/** What happens to the link of an invitation is known before it is made. @param sendsMail whether the server has a mail server */
export const invitationWords = (sendsMail: boolean) =>
  sendsMail
    ? { hint: 'The link is mailed to this address.', action: 'Send the invitation', doing: 'Sending…' }
    : {
        hint: 'This server sends no mail: you get the link here, to pass it on.',
        action: 'Make the link',
        doing: 'Making the link…',
      }
