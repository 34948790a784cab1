import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { makeQueryClient } from './api/queryClient';
import { SignInGate } from './features/signIn/SignInGate';
import { Frame } from './frame/Frame';
import { OldAddress } from './frame/OldAddress';
import { basePath, styleNonce } from './lib/basePath';
import { NotFoundPage, pages } from './routes';
import { useSettings } from './state/settings';
import { resolver, theme } from './styles/theme';

const queries = makeQueryClient();

/** Providers and the route table; nothing else. */
export function App() {
  const settings = useSettings();
  useEffect(() => {
    document.documentElement.dataset['density'] = settings.density;
  }, [settings.density]);
  const [first] = pages;
  const hasHome = pages.some(({ paths }) => paths.includes('/'));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      defaultColorScheme="auto"
      {...(settings.theme === 'auto' ? {} : { forceColorScheme: settings.theme })}
      getStyleNonce={() => styleNonce() ?? ''}
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter basename={basePath()}>
          <OldAddress>
            <SignInGate>
              <Routes>
                <Route element={<Frame pages={pages} />}>
                  {pages.flatMap(({ paths, page: Page }) => paths.map((path) => <Route key={path} path={path} element={<Page />} />))}
                  {!hasHome && first !== undefined && <Route path="/" element={<Navigate to={first.paths[0]} replace />} />}
                  <Route path="*" element={<NotFoundPage />} />
                </Route>
              </Routes>
            </SignInGate>
          </OldAddress>
        </BrowserRouter>
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  );
}
