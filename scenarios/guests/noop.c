// Starts and ends: what a runtime costs before a program does anything.
int main(void) { return 0; }
