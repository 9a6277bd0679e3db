import { Component, type ComponentType, type ReactNode } from 'react';

interface BoundaryProps {
  /** Another key starts afresh: the address. */
  readonly resetKey: string;
  /** Draws what is left to say. */
  readonly Broken: ComponentType<{ readonly error: unknown }>;
  readonly children: ReactNode;
}

/** Keeps a page that breaks from taking the rest with it. */
export class PageBoundary extends Component<BoundaryProps, { error: unknown; key: string }> {
  override state: { error: unknown; key: string } = { error: null, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: { error: unknown; key: string }) {
    return props.resetKey === state.key ? null : { error: null, key: props.resetKey };
  }

  override render(): ReactNode {
    const { children, Broken } = this.props;
    return this.state.error === null ? children : <Broken error={this.state.error} />;
  }
}
