// The whole of our own script: it wakes the design system's components. Every page works without it.
initAll()
