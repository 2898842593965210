import { Tenants1764000000000 } from './1764000000000-tenants.js';
import { Routing1764000100000 } from './1764000100000-routing.js';
import { Notifications1764000200000 } from './1764000200000-notifications.js';
import { EdgeLogs1764001000000 } from './1764001000000-edge-logs.js';
import { CallBudgets1764002000000 } from './1764002000000-call-budgets.js';
import { Switches1764003000000 } from './1764003000000-switches.js';
import { Cache1764004000000 } from './1764004000000-cache.js';
import { BudgetShares1764005000000 } from './1764005000000-budget-shares.js';
import { WebhookOptions1764006000000 } from './1764006000000-webhook-options.js';
import { AiCalls1764010000000 } from './1764010000000-ai-calls.js';
import { Planning1764010100000 } from './1764010100000-planning.js';
import { PlanSteps1764010200000 } from './1764010200000-plan-steps.js';
import { FdcFoods1764010300000 } from './1764010300000-fdc-foods.js';
import { EventPositions1764020000000 } from './1764020000000-event-positions.js';
import { DecisionRecords1764030000000 } from './1764030000000-decision-records.js';
import { Confirmations1764030100000 } from './1764030100000-confirmations.js';
import { Redrives1764030200000 } from './1764030200000-redrives.js';
import { CancelAfter1764030300000 } from './1764030300000-cancel-after.js';
import { ParallelAiCalls1764040000000 } from './1764040000000-parallel-ai-calls.js';
import { Retention1764050000000 } from './1764050000000-retention.js';
import { Pace1764060000000 } from './1764060000000-pace.js';
import { EdgeLogAsides1764071000000 } from './1764071000000-edge-log-asides.js';
import { WriteProbes1764081000000 } from './1764081000000-write-probes.js';
import { SpilledPerGroup1764082000000 } from './1764082000000-spilled-per-group.js';
import { OperatorsSql1764091000000 } from './1764091000000-operators-sql.js';
import { Operations1764092000000 } from './1764092000000-operations.js';
import { CrashSuspects1764093000000 } from './1764093000000-crash-suspects.js';
import { CallsOfOperators1764094000000 } from './1764094000000-calls-of-operators.js';
import { Orders1764101000000 } from './1764101000000-orders.js';
import { Prices1764102000000 } from './1764102000000-prices.js';
import { ProductJoins1764103000000 } from './1764103000000-product-joins.js';
import { PriceWatchStores1764104000000 } from './1764104000000-price-watch-stores.js';
import { QuoteHonesty1764105000000 } from './1764105000000-quote-honesty.js';
import { Carts1764111000000 } from './1764111000000-carts.js';
import { Sessions1764112000000 } from './1764112000000-sessions.js';
import { Clearances1764113000000 } from './1764113000000-clearances.js';
import { CartLinesKept1764114000000 } from './1764114000000-cart-lines-kept.js';
import { Scorecards1764121000000 } from './1764121000000-scorecards.js';
import { LettersForgotten1764122000000 } from './1764122000000-letters-forgotten.js';
import { Experiments1764131000000 } from './1764131000000-experiments.js';
import { ExperimentOrder1764132000000 } from './1764132000000-experiment-order.js';
import { HoldsGivenBack1764133000000 } from './1764133000000-holds-given-back.js';
import { ClearanceWatches1764134000000 } from './1764134000000-clearance-watches.js';

/** Every migration in order. Expand, then contract; never edited once landed. */
export const MIGRATIONS = [
  Tenants1764000000000,
  Routing1764000100000,
  Notifications1764000200000,
  EdgeLogs1764001000000,
  CallBudgets1764002000000,
  Switches1764003000000,
  Cache1764004000000,
  BudgetShares1764005000000,
  WebhookOptions1764006000000,
  AiCalls1764010000000,
  Planning1764010100000,
  PlanSteps1764010200000,
  FdcFoods1764010300000,
  EventPositions1764020000000,
  DecisionRecords1764030000000,
  Confirmations1764030100000,
  Redrives1764030200000,
  CancelAfter1764030300000,
  ParallelAiCalls1764040000000,
  Retention1764050000000,
  Pace1764060000000,
  EdgeLogAsides1764071000000,
  WriteProbes1764081000000,
  SpilledPerGroup1764082000000,
  OperatorsSql1764091000000,
  Operations1764092000000,
  CrashSuspects1764093000000,
  CallsOfOperators1764094000000,
  Orders1764101000000,
  Prices1764102000000,
  ProductJoins1764103000000,
  PriceWatchStores1764104000000,
  QuoteHonesty1764105000000,
  Carts1764111000000,
  Sessions1764112000000,
  Clearances1764113000000,
  CartLinesKept1764114000000,
  Scorecards1764121000000,
  LettersForgotten1764122000000,
  Experiments1764131000000,
  ExperimentOrder1764132000000,
  HoldsGivenBack1764133000000,
  ClearanceWatches1764134000000,
];
