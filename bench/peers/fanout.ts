import { Peer, servePeer, type PeerRoute } from './peer.js';

/**
 * The floor: everything by hand in one process, no queue. A process that dies forgets the routes it was asking for, which the
 * product does not; the two durable rows are the same.
 */
async function main(): Promise<void> {
  const peer = await Peer.open();
  const run = async (route: PeerRoute): Promise<void> => {
    const answers = await Promise.all(peer.providerIds.map((id) => peer.ask(id, route)));
    await peer.close(route.id, answers);
  };
  await servePeer(async (body) => {
    const route = await peer.accept(body);
    // An outcome that cannot be written leaves its route open, and the ledger names it.
    run(route).catch((error: unknown) => console.error(error));
    return route;
  });
}

void main();
