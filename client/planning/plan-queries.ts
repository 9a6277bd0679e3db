import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followPlan, getPlan, listPlans } from '../../shared/planning/contract.ts';
import type { PlanProgress } from '../../shared/planning/vocabulary.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';

const slowly = 5_000;

/** Every plan, newest first; asked again now and then while one is being computed, in case its stream is lost. */
export function usePlans(slug: string) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'plans'],
    queryFn: ({ signal }) => call(listPlans, { params: { slug }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((plan) => plan.state === 'running') ? slowly : false,
  });
}

export function usePlan(slug: string, planId: string | null) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'plans', planId],
    queryFn: ({ signal }) => call(getPlan, { params: { slug, planId: planId ?? '' }, signal }),
    enabled: planId !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? slowly : false),
  });
}

export interface FollowedProgress {
  /** Every step so far, oldest first. */
  readonly steps: readonly PlanProgress[];
  /** The stream is broken; the browser tries again by itself. */
  readonly lost: boolean;
}

const nothingYet: FollowedProgress = { steps: [], lost: false };

/** Follows a running plan step by step; when it ends, what is known of plans is read again. */
export function useProgress(slug: string, planId: string): FollowedProgress {
  const queries = useQueryClient();
  const [progress, setProgress] = useState(nothingYet);
  useEffect(() => {
    const stream = new EventSource(addressOf(followPlan, { params: { slug, planId } }));
    const ended = (): void => {
      stream.close();
      void queries.invalidateQueries({ queryKey: conferenceKey(slug) });
    };
    stream.addEventListener('progress', (event: MessageEvent<string>) => {
      const step = JSON.parse(event.data) as PlanProgress;
      setProgress(({ steps }) => ({ steps: [...steps, step], lost: false }));
      if (step.state !== 'running') ended();
    });
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED) ended();
      else setProgress((now) => ({ ...now, lost: true }));
    });
    return () => {
      stream.close();
      setProgress(nothingYet);
    };
  }, [queries, slug, planId]);
  return progress;
}
