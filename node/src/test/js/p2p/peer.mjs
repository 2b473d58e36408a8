// A js-libp2p peer under remote control: one command a line on standard input, one answer a line on standard output.
import { createHash, randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { gossipsub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import { multiaddr } from '@multiformats/multiaddr'

const ECHO = '/interop/echo/1.0.0'
const SOURCE = '/interop/source/1.0.0'
const SINK = '/interop/sink/1.0.0'
const CHUNK = 50_000

// With the argument "gossipsub" it takes part in that protocol; with "nosign" it signs nothing.
const withGossipsub = process.argv.includes('gossipsub')

// The id that the Java side uses: it covers everything that the author has signed, and the signature.
function messageId (msg) {
  const sequence = Buffer.alloc(8)
  sequence.writeBigUInt64BE(msg.sequenceNumber)
  const hash = createHash('sha256')
  const parts = [msg.from.toMultihash().bytes, sequence, msg.signature, Buffer.from(msg.topic), Buffer.of(0), msg.data]
  parts.forEach(part => hash.update(part))
  return hash.digest().subarray(0, 20)
}

const signing = process.argv.includes('nosign')
  ? { globalSignaturePolicy: 'StrictNoSign' }
  : { globalSignaturePolicy: 'StrictSign', msgIdFn: messageId }

const node = await createLibp2p({
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  // A paused stream of js-libp2p is reset when more than 4 MiB arrive, so its window must stay below that.
  streamMuxers: [yamux({ streamOptions: { maxStreamWindowSize: 1024 * 1024 } })],
  services: {
    identify: identify(),
    ping: ping(),
    ...(withGossipsub ? { pubsub: gossipsub({ ...signing, allowPublishToZeroTopicPeers: true }) } : {})
  },
  connectionManager: { inboundStreamProtocolNegotiationTimeout: 20_000 }
})

const options = { maxInboundStreams: 512, maxOutboundStreams: 512 }

// Calls back for each chunk, one after another, reading no further until the callback is done; resolves at the end.
function consume (stream, onChunk) {
  return new Promise((resolve, reject) => {
    stream.addEventListener('message', evt => {
      const waiting = onChunk(evt.data)
      if (waiting != null) {
        stream.pause()
        waiting.then(() => {
          try { stream.resume() } catch { /* closed meanwhile, which the events below tell */ }
        }, reject)
      }
    })
    stream.addEventListener('end', () => resolve())
    stream.addEventListener('close', evt => { evt.error == null ? resolve() : reject(evt.error) })
    if (stream.readableEnded) resolve()
  })
}

const bytesOf = data => data instanceof Uint8Array ? data : data.subarray()
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

async function sendRandom (stream, count) {
  const hash = createHash('sha256')
  for (let sent = 0; sent < count;) {
    const chunk = randomBytes(Math.min(CHUNK, count - sent))
    hash.update(chunk)
    sent += chunk.length
    if (!stream.send(chunk)) await stream.onDrain()
  }
  return hash.digest('hex')
}

async function hashAll (stream, slow) {
  const hash = createHash('sha256')
  let total = 0
  await consume(stream, data => {
    hash.update(bytesOf(data))
    total += data.byteLength
    if (slow) return sleep(2)
  })
  return { total, hash: hash.digest('hex') }
}

await node.handle(ECHO, async stream => {
  await consume(stream, data => {
    if (!stream.send(data)) return stream.onDrain()
  }).catch(() => {})
  await stream.close().catch(() => {})
}, options)

await node.handle(SINK, async stream => {
  const got = await hashAll(stream, true)
  stream.send(Buffer.from(got.hash + ' ' + got.total))
  await stream.close()
}, options)

await node.handle(SOURCE, async stream => {
  const request = []
  await consume(stream, data => { request.push(bytesOf(data)) })
  const hash = await sendRandom(stream, Number(Buffer.concat(request).toString()))
  hashes.push(hash)
  await stream.close()
}, options)

const hashes = []

const heard = []
if (withGossipsub) {
  node.services.pubsub.addEventListener('message', evt => heard.push(evt.detail))
}
const sha256 = data => createHash('sha256').update(data).digest('hex')
const open = (peer, protocol) => node.dialProtocol(multiaddr(peer), protocol, { maxOutboundStreams: 512 })

async function echoOnce (peer, count) {
  const stream = await open(peer, ECHO)
  const got = hashAll(stream, false)
  const sent = await sendRandom(stream, count)
  await stream.close()
  const { hash, total } = await got
  if (hash !== sent) throw new Error(`sent ${count} bytes, ${total} came back, changed`)
}

const commands = {
  dial: async peer => (await node.dial(multiaddr(peer))).remotePeer.toString(),
  ping: async peer => await node.services.ping.ping(multiaddr(peer)),
  identify: async peer => {
    const connection = await node.dial(multiaddr(peer))
    const info = await node.services.identify.identify(connection)
    return JSON.stringify({ agent: info.agentVersion, protocols: info.protocols, addresses: info.listenAddrs.map(String) })
  },
  echo: async (peer, count, streams) => {
    await Promise.all(Array.from({ length: Number(streams) }, () => echoOnce(peer, Number(count))))
    return streams
  },
  slowread: async (peer, count) => {
    const stream = await open(peer, SOURCE)
    stream.send(Buffer.from(count.padStart(10, '0')))
    // Closing for writing comes last: js-libp2p drops what a paused stream holds once both sides have finished.
    const { hash, total } = await hashAll(stream, true)
    await stream.close()
    return `${hash} ${total}`
  },
  sink: async (peer, count) => {
    const stream = await open(peer, SINK)
    const answer = []
    const done = consume(stream, data => { answer.push(bytesOf(data)) })
    const sent = await sendRandom(stream, Number(count))
    await stream.close()
    await done
    const expected = `${sent} ${count}`
    const got = Buffer.concat(answer).toString()
    if (got !== expected) throw new Error(`expected ${expected}, got ${got}`)
    return count
  },
  subscribe: async topic => { node.services.pubsub.subscribe(topic); return topic },
  publish: async (topic, count) => {
    const data = randomBytes(Number(count))
    await node.services.pubsub.publish(topic, data)
    return sha256(data)
  },
  mesh: async topic => node.services.pubsub.getMeshPeers(topic).join(),
  heard: async () => heard.map(msg => `${sha256(msg.data)}:${msg.from ?? 'nobody'}`).join(),
  lasthash: async () => hashes.at(-1),
  connections: async () => node.getConnections().length
}

createInterface({ input: process.stdin }).on('line', async line => {
  const [id, name, ...args] = line.trim().split(' ')
  try {
    console.log(`${id} ok ${await commands[name](...args)}`)
  } catch (err) {
    console.log(`${id} error ${String(err?.stack ?? err).replaceAll('\n', ' | ')}`)
  }
}).on('close', () => process.exit(0))

console.log(`ready ${node.getMultiaddrs()[0]}`)
