import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { LanguageProvider } from './core/language-provider.tsx';
import { queryClient } from './core/queries.ts';
import { Product } from './routes.tsx';
import './ui/base.css';
import { LiveRegion } from './ui/live-region.tsx';

const place = document.querySelector('#root');
if (!place) throw new Error('the page has no place for the product');

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <LiveRegion>
          <BrowserRouter>
            <Product />
          </BrowserRouter>
        </LiveRegion>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
