import { FlowProducer, Worker, type Job } from 'bullmq';
import type { ProviderId } from '../../src/modules/providers/provider.js';
import { Peer, servePeer, type PeerAnswer, type PeerRoute } from './peer.js';

/**
 * The same job as BullMQ documents it: a flow of one parent and one child per provider. The children ask; the parent, run when all
 * have completed, reads their values, scores and closes. The flow is added before the 202, for nothing would add it again later.
 */
const CHILDREN_AT_ONCE = 768;
const PARENTS_AT_ONCE = 256;
const KEPT = { removeOnComplete: { count: 5000 }, removeOnFail: { count: 5000 } };
const PREFIX = 'flow';

interface ChildData {
  providerId: ProviderId;
  route: PeerRoute;
}

async function main(): Promise<void> {
  const peer = await Peer.open();
  const connection = { url: process.env.REDIS_URL! };
  const workers = { connection: { ...connection, maxRetriesPerRequest: null }, prefix: PREFIX };
  const flows = new FlowProducer({ connection, prefix: PREFIX });
  const children = new Worker<ChildData, PeerAnswer>('quotes', ({ data }) => peer.ask(data.providerId, data.route), {
    ...workers,
    concurrency: CHILDREN_AT_ONCE,
  });
  const parents = new Worker('outcomes', (job: Job<{ routeId: string }>) => close(peer, job), {
    ...workers,
    concurrency: PARENTS_AT_ONCE,
  });
  for (const worker of [children, parents]) worker.on('error', (error) => console.error(error.message));
  await Promise.all([children.waitUntilReady(), parents.waitUntilReady(), flows.waitUntilReady()]);
  await servePeer(async (body) => {
    const route = await peer.accept(body);
    await flows.add({
      name: 'close',
      queueName: 'outcomes',
      data: { routeId: route.id },
      opts: KEPT,
      children: peer.providerIds.map((providerId) => ({
        name: 'quote',
        queueName: 'quotes',
        data: {
          providerId,
          route,
        },
        opts: KEPT,
      })),
    });
    return route;
  });
}

async function close(peer: Peer, job: Job<{ routeId: string }>): Promise<void> {
  const answers = Object.values(await job.getChildrenValues<PeerAnswer>());
  await peer.close(job.data.routeId, answers);
}

void main();
