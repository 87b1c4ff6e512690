/**
 * The body of a reply that is made at the pace of its reader: nothing before it is asked for, and no more once the reader
 * has gone. What fails on the way breaks the connection off, so that nobody takes a part for the whole.
 */
export const streamOf = (pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
