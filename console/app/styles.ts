// Style sheets in the order in which they may overrule each other; fonts are served by the hub like everything else.
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import './theme.css';
