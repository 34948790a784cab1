using System.Text;
using System.Text.RegularExpressions;
using Pharos.Core.Matching;
using Pharos.Core.Matching.Expressions;

namespace Pharos.Core.Tests.Matching.Expressions;

/// <summary>The ways to match are written independently: on random patterns and texts they must agree, and with the runtime's own engine where syntax coincides.</summary>
public sealed class EnginesTests
{
    private static readonly string[] Atoms =
        ["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\d", "é", "(?i:a)", "(?:ab|c)", "😀", "", "\\b", "\\B", "^", "$", "(?m:^)", "(?m:$)", "\n", "[[:upper:]]"];

    private static readonly string[] RuntimeAtoms = ["a", "b", "c", "[ab]", "[^a]", "(?:ab|c)", "", "x", "[a-c]", "."];
    private static readonly string[] Repetitions = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?"];
    private static readonly string[] Characters = ["a", "b", "c", "é", "😀", "\n", "A", "x", "1", "B"];

    [Fact]
    public void Both_capture_engines_and_the_automaton_agree()
    {
        var random = new Random(11);
        for (int i = 0; i < 4_000; i++)
        {
            string pattern = Pattern(random, random.Next(1, 5), Atoms);
            RegexNode root = RegexParser.Parse($"^(?s:{pattern})$", RegexFlags.None);
            RegexProgram program = RegexProgram.Compile(root, captures: true);
            var whole = new WholeMatcher(root, pattern.Length);
            for (int k = 0; k < 4; k++)
            {
                string text = Text(random);
                int[] first = new int[program.Slots];
                int[] second = new int[program.Slots];
                bool matches = CaptureMatcher.TryMatch(program, text, anchored: false, first);

                Assert.True(matches == ThreadedMatcher.TryMatch(program, text, anchored: false, second), $"{pattern} on {text}");
                Assert.True(matches == whole.IsMatch(text), $"{pattern} on {text}: automaton");
                Assert.True(matches == whole.IsMatch(Encoding.UTF8.GetBytes(text)), $"{pattern} on {text}: automaton over UTF-8");
                if (matches)
                {
                    Assert.Equal(first, second);
                }
            }
        }
    }

    [Fact]
    public void Captures_are_those_of_the_runtime_where_syntax_coincides()
    {
        var random = new Random(12);
        for (int i = 0; i < 3_000; i++)
        {
            string pattern = Pattern(random, random.Next(1, 4), RuntimeAtoms);
            var runtime = new Regex($"^(?s:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            ReplacementRegex regex = ReplacementRegex.Parse(pattern);
            for (int k = 0; k < 3; k++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => "abcx"[random.Next(4)]));
                Match match = runtime.Match(text);

                Assert.True(match.Success == regex.IsMatch(text), $"{pattern} on {text}");
                Assert.True(match.Success == AnchoredRegex.Parse(pattern).IsMatch(text), $"{pattern} on {text}");
            }
        }
    }

    [Fact]
    public void Listed_values_are_exactly_those_that_match()
    {
        var random = new Random(13);
        int listed = 0;
        for (int i = 0; i < 3_000; i++)
        {
            string pattern = Pattern(random, random.Next(1, 4), ["a", "b", "[ab]", "(?i:c)", "", "é"]);
            RegexNode root = WholeExpression.Simplify(RegexParser.Parse(pattern, RegexFlags.DotMatchesLineFeed));
            var automaton = new LazyAutomaton(RegexProgram.Compile(root, captures: false));
            List<string>? values = LiteralSet.Find(root, pattern.Length);
            if (values is null)
            {
                continue;
            }

            listed++;
            Assert.All(values, v => Assert.True(automaton.IsMatch(v.AsSpan()), $"{pattern} on {v}"));
            string text = Text(random);
            Assert.True(values.Contains(text) == automaton.IsMatch(text.AsSpan()), $"{pattern} on {text}");
        }

        Assert.True(listed > 500);
    }

    [Fact]
    public void Literal_parts_are_in_every_match()
    {
        var random = new Random(14);
        for (int i = 0; i < 5_000; i++)
        {
            string pattern = Pattern(random, random.Next(1, 5), ["a", "b", "ab", ".", ".*", "", "^", "$", "😀"]);
            AnchoredRegex regex = AnchoredRegex.Parse(pattern);
            string text = Text(random);
            if (!regex.IsMatch(text))
            {
                continue;
            }

            Assert.StartsWith(regex.Prefix, text, StringComparison.Ordinal);
            Assert.EndsWith(regex.Suffix, text, StringComparison.Ordinal);
            int at = regex.Prefix.Length;
            foreach (string inner in regex.Contains)
            {
                int found = text.IndexOf(inner, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{pattern} on {text}: {inner}");
                at = found + inner.Length;
            }

            Assert.True(at + regex.Suffix.Length <= text.Length, $"{pattern} on {text}: suffix {regex.Suffix}");
        }
    }

    private static string Pattern(Random random, int depth, string[] atoms)
    {
        if (depth == 0)
        {
            return atoms[random.Next(atoms.Length)];
        }

        string Next() => Pattern(random, depth - 1, atoms);
        return random.Next(6) switch
        {
            0 => Next() + Next(),
            1 => $"({Next()}|{Next()})",
            2 => $"({Next()}){Repetitions[random.Next(Repetitions.Length)]}",
            3 => Next() + Next() + Next(),
            4 => $"({Next()})",
            _ => $"(?:{Next()}|{Next()}|{Next()})",
        };
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Characters[random.Next(random.Next(2) == 0 ? 3 : Characters.Length)]));
}
