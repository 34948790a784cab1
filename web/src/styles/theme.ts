import {
  ActionIcon,
  Button,
  createTheme,
  Drawer,
  Kbd,
  Menu,
  Modal,
  PasswordInput,
  Popover,
  Select,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

// Mantine told to use the tokens: the second and last place with colour values.
const pharos: MantineColorsTuple = ['#ecefff', '#d9dfff', '#b9c5ff', '#9db0ff', '#7389f2', '#4d63e0', '#3650d0', '#2c43b4', '#243791', '#1b2a6d'];
const gray: MantineColorsTuple = ['#f6f7f9', '#eff1f4', '#e2e5ea', '#d5d9e0', '#c8cdd6', '#868fa0', '#646d7e', '#485163', '#2b323e', '#191e27'];
const dark: MantineColorsTuple = ['#e7eaef', '#b3bac6', '#8b94a3', '#69727f', '#262c35', '#1c2129', '#161a20', '#0e1115', '#0b0d11', '#08090c'];

const fade = { transition: 'fade', duration: 120, timingFunction: 'ease-out' } as const;

export const theme = createTheme({
  primaryColor: 'pharos',
  primaryShade: { light: 6, dark: 5 },
  colors: { pharos, gray, dark },
  white: '#ffffff',
  black: '#191e27',
  fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', 'JetBrains Mono Fallback', ui-monospace, monospace",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '22px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '20px', xl: '30px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '5px', md: '7px', lg: '9px', xl: '12px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'default', size: 30 } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: fade, position: 'bottom-end' } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: fade } }),
    Tooltip: Tooltip.extend({ defaultProps: { transitionProps: fade, openDelay: 300, events: { hover: true, focus: true, touch: false } } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: fade, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 160, timingFunction: 'ease-out' }, position: 'right' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
  },
});

const shared = {
  '--mantine-color-body': 'var(--ph-canvas)',
  '--mantine-color-text': 'var(--ph-text)',
  '--mantine-color-dimmed': 'var(--ph-text-3)',
  '--mantine-color-placeholder': 'var(--ph-text-3)',
  '--mantine-color-anchor': 'var(--ph-accent)',
  '--mantine-color-error': 'var(--ph-fire)',
  '--mantine-color-default': 'var(--ph-surface)',
  '--mantine-color-default-hover': 'var(--ph-hover)',
  '--mantine-color-default-color': 'var(--ph-text)',
  '--mantine-color-default-border': 'var(--ph-border)',
};

export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
