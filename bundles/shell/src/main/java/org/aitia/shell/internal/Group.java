package org.aitia.shell.internal;

/** Where a command stands in the list of commands. */
public enum Group {
    /** What can be learnt from. */
    DATA("Data"),
    /** What is trained. */
    MODELS("Models"),
    /** What explains. */
    EXPLANATIONS("Explanations"),
    /** Machine and session. */
    SYSTEM("System"),
    /** Not listed; for the shell's own use. */
    HIDDEN("");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    /**
     * Returns the heading.
     *
     * @return one word
     */
    public String title() {
        return title;
    }
}
