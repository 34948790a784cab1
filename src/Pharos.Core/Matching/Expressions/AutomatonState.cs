namespace Pharos.Core.Matching.Expressions;

/// <summary>
/// A state of the deterministic automaton: the set of instructions at which the program may be. Complete when it is published, but for
/// <see cref="Next"/> and <see cref="Accepts"/>, which are filled in as texts ask for them.
/// </summary>
internal sealed class AutomatonState(int[] places, RuneKind before, int letters, Verdict verdict)
{
    /// <summary>Whether the rest of the text matters.</summary>
    public Verdict Verdict { get; } = verdict;

    /// <summary>Instructions in ascending order, none of them a split.</summary>
    public int[] Places { get; } = places;

    /// <summary>The kind of the character just taken, where the program has assertions.</summary>
    public RuneKind Before { get; } = before;

    /// <summary>The next state for each letter, null where it is not known yet. A reference is written at once and in full, so readers need no lock.</summary>
    public AutomatonState?[] Next { get; } = new AutomatonState?[letters];

    /// <summary>Whether a text that ends here matches; open where it is not known yet.</summary>
    public Verdict Accepts { get; set; }
}
