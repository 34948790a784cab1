using System.Diagnostics;
using System.Text;
using Pharos.Core.Matching;

namespace Pharos.Core.Tests.Matching;

public sealed class AnchoredRegexTests
{
    [Theory]
    [InlineData("bar", "bar", true)]
    [InlineData("bar", "foo-bar", false)]
    [InlineData(".*bar", "foo-bar", true)]
    [InlineData("$*bar", "foo-bar", false)]
    [InlineData(".*", "a\nb", true)]
    [InlineData("(?-s).*", "a\nb", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("(?m)a$\n^b", "a\nb", true)]
    [InlineData("[😀]+", "😀😀", true)]
    [InlineData("😀{2}", "😀😀", true)]
    [InlineData(".", "😀", true)]
    [InlineData("..", "😀", false)]
    [InlineData("(?i)s", "ſ", true)]
    [InlineData("(?i)σ", "ς", true)]
    [InlineData("(?i)k", "K", true)]
    [InlineData("(?i)ß", "ẞ", true)]
    [InlineData("(?i)i", "İ", false)]
    [InlineData("(?i)i", "ı", false)]
    [InlineData("(?i)[a-z]+", "ſK", true)]
    [InlineData("(?i)\\W", "ſ", false)]
    [InlineData("\\w", "é", false)]
    [InlineData("\\d", "٣", false)]
    [InlineData("\\s", "\v", false)]
    [InlineData("[[:space:]]", "\v", true)]
    [InlineData("[[:^alpha:]_]+", "1_", true)]
    [InlineData(".*\\bfoo", "éfoo", true)]
    [InlineData(".*\\Bfoo", "éfoo", false)]
    [InlineData("\\p{Greek}+", "αβγ", true)]
    [InlineData("\\p{^Greek}+", "abc", true)]
    [InlineData("\\pL+", "aé中", true)]
    [InlineData("\\x{1F600}\\x41\\101", "😀AA", true)]
    [InlineData("\\Qa.b\\E", "a.b", true)]
    [InlineData("\\Qa.b\\E", "axb", false)]
    [InlineData("[a-z-[aeiou]]", "b]", true)]
    [InlineData("a{,2}", "a{,2}", true)]
    [InlineData("\\x{d800}", "\uFFFD", false)]
    [InlineData("^foo$|^bar$", "bar", true)]
    [InlineData("a^b", "ab", false)]
    public void Values_match_as_with_RE2(string pattern, string value, bool match)
    {
        AnchoredRegex regex = AnchoredRegex.Parse(pattern);

        Assert.Equal(match, regex.IsMatch(value));
        Assert.Equal(match, regex.IsMatch(Encoding.UTF8.GetBytes(value)));
    }

    [Theory]
    [InlineData("(abc", "missing closing ): `(abc`")]
    [InlineData("abc)", "unexpected ): `abc)`")]
    [InlineData("a**", "invalid nested repetition operator: `**`")]
    [InlineData("*a", "missing argument to repetition operator: `*`")]
    [InlineData("a|+?", "missing argument to repetition operator: `+?`")]
    [InlineData("a{1001}", "invalid repeat count: `{1001}`")]
    [InlineData("a{2,1}", "invalid repeat count: `{2,1}`")]
    [InlineData("(x{1000}){1000}", "invalid repeat count: `{1000}`")]
    [InlineData("((a{100}){100}){10}", "invalid repeat count: `{100}`")]
    [InlineData("[a", "missing closing ]: `[a`")]
    [InlineData("x[]a", "missing closing ]: `[]a`")]
    [InlineData("[z-a]", "invalid character class range: `z-a`")]
    [InlineData("[a-\\d]", "invalid escape sequence: `\\d`")]
    [InlineData("[[:foo:]]", "invalid character class range: `[:foo:]`")]
    [InlineData("\\p{Foo}", "invalid character class range: `\\p{Foo}`")]
    [InlineData("a\\", "trailing backslash at end of expression: ``")]
    [InlineData("\\Z", "invalid escape sequence: `\\Z`")]
    [InlineData("\\1", "invalid escape sequence: `\\1`")]
    [InlineData("\\u0041", "invalid escape sequence: `\\u`")]
    [InlineData("\\x{110000}", "invalid escape sequence: `\\x{110000`")]
    [InlineData("(?=a)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("(?<=a)", "invalid named capture: `(?<=a)`")]
    [InlineData("(?#c)", "invalid or unsupported Perl syntax: `(?#`")]
    [InlineData("(?x)a", "invalid or unsupported Perl syntax: `(?x`")]
    [InlineData("(?i", "invalid or unsupported Perl syntax: `(?i`")]
    [InlineData("(?P<a-b>x)", "invalid named capture: `(?P<a-b>`")]
    public void What_Go_refuses_is_refused_in_its_words(string pattern, string message)
    {
        RegexSyntaxException error = Assert.Throws<RegexSyntaxException>(() => AnchoredRegex.Parse(pattern));

        Assert.Equal("error parsing regexp: " + message, error.Message);
    }

    [Fact]
    public void A_lone_surrogate_is_no_text()
    {
        string pattern = "a" + (char)0xD83D;

        Assert.Equal($"error parsing regexp: invalid UTF-8: `{pattern}`", Assert.Throws<RegexSyntaxException>(() => AnchoredRegex.Parse(pattern)).Message);
    }

    [Fact]
    public void Groups_nest_up_to_the_limit_of_Go()
    {
        Assert.True(AnchoredRegex.Parse(new string('(', 900) + "a" + new string(')', 900)).IsMatch("a"));
        string deep = new string('(', 10_000) + new string(')', 10_000);

        Assert.StartsWith("error parsing regexp: expression nests too deeply", Assert.Throws<RegexSyntaxException>(() => AnchoredRegex.Parse(deep)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", new[] { "a" })]
    [InlineData("", new[] { "" })]
    [InlineData("^foo$", new[] { "foo" })]
    [InlineData("a|b|a", new[] { "a", "b" })]
    [InlineData("4(00|04)", new[] { "400", "404" })]
    [InlineData("[ab]c?", new[] { "a", "ac", "b", "bc" })]
    [InlineData("(?i)ab", new[] { "AB", "Ab", "aB", "ab" })]
    [InlineData("x{2,3}", new[] { "xx", "xxx" })]
    [InlineData("(^a|b)$", new[] { "a", "b" })]
    [InlineData("[^\\x00-\\x{10FFFF}]", new string[0])]
    public void A_few_values_are_listed(string pattern, string[] expected)
    {
        IReadOnlyList<string>? values = AnchoredRegex.Parse(pattern).SetMatches;

        Assert.NotNull(values);
        Assert.Equal(expected.Order(StringComparer.Ordinal), values.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a*")]
    [InlineData("[a-z]{4}")]
    [InlineData(".")]
    [InlineData("a\\b")]
    [InlineData("(a|b){100}")]
    public void Many_values_are_not_listed(string pattern)
    {
        Assert.Null(AnchoredRegex.Parse(pattern).SetMatches);
    }

    [Fact]
    public void A_selection_of_twenty_thousand_values_is_a_set()
    {
        string[] values = [.. Enumerable.Range(0, 20_000).Select(static i => $"10.0.{i / 256}.{i % 256}:9100")];

        AnchoredRegex regex = AnchoredRegex.Parse(string.Join('|', values).Replace(".", "\\.", StringComparison.Ordinal));

        Assert.Equal(values, regex.SetMatches);
        Assert.True(regex.IsMatch("10.0.7.9:9100"));
        Assert.True(regex.IsMatch("10.0.7.9:9100"u8));
        Assert.False(regex.IsMatch("10.0.7.9:910"));
    }

    [Theory]
    [InlineData("foo.*", "foo", "", "")]
    [InlineData(".*foo", "", "foo", "")]
    [InlineData(".*foo.*", "", "", "foo")]
    [InlineData("a.+b.*c[0-9]+d", "a", "d", "b,c")]
    [InlineData("(checkout|cart)-.*", "c", "", "-")]
    [InlineData("foobar|foobaz.*", "fooba", "", "")]
    [InlineData("(?:ab)+c.*(?:xyz|yz)", "ab", "yz", "c")]
    [InlineData("(?i:a)b", "", "b", "")]
    public void Literal_parts_are_known(string pattern, string prefix, string suffix, string inner)
    {
        AnchoredRegex regex = AnchoredRegex.Parse(pattern);

        Assert.Equal(prefix, regex.Prefix);
        Assert.Equal(suffix, regex.Suffix);
        Assert.Equal(inner, string.Join(',', regex.Contains));
    }

    [Theory]
    [InlineData(".*", true, false)]
    [InlineData("(.*)", true, false)]
    [InlineData("^.*$", true, false)]
    [InlineData(".+", false, true)]
    [InlineData("(.+)", false, true)]
    [InlineData("(?-s).*", false, false)]
    [InlineData("a.*", false, false)]
    [InlineData(".*.*", false, false)]
    public void Patterns_that_select_nothing_are_recognised(string pattern, bool everything, bool nonEmpty)
    {
        AnchoredRegex regex = AnchoredRegex.Parse(pattern);

        Assert.Equal(everything, regex.MatchesEverything);
        Assert.Equal(nonEmpty, regex.MatchesNonEmpty);
    }

    [Theory]
    [InlineData("prod-.*", "prod-1", "dev-1")]
    [InlineData(".*-db", "prod-db", "prod-dbx")]
    [InlineData("a.*a", "aa", "a")]
    [InlineData("a.+a", "aba", "aa")]
    [InlineData(".+a.+a.*", "xaxa", "axa")]
    [InlineData(".+😀.+", "😀😀😀", "😀😀")]
    [InlineData(".*ab.*ab", "abab", "ab")]
    [InlineData(".*a.+", "aa", "a")]
    [InlineData("(?:a|b)-.*", "a-", "a")]
    [InlineData("(?:a|b)-.+", "a-b", "a-")]
    [InlineData("(?:a|b)-(?:.*|x)", "b-yx", "c-")]
    [InlineData("[ab](?:.*)\\bx", "a x", "ax")]
    public void Wildcards_between_literals_match(string pattern, string match, string noMatch)
    {
        AnchoredRegex regex = AnchoredRegex.Parse(pattern);

        Assert.True(regex.IsMatch(match));
        Assert.True(regex.IsMatch(Encoding.UTF8.GetBytes(match)));
        Assert.False(regex.IsMatch(noMatch));
        Assert.False(regex.IsMatch(Encoding.UTF8.GetBytes(noMatch)));
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)[0-9]x")]
    [InlineData("(?:a?){200}a{200}b")]
    public void No_pattern_takes_more_than_linear_time(string pattern)
    {
        AnchoredRegex regex = AnchoredRegex.Parse(pattern);
        string value = new('a', 100_000);
        long start = Stopwatch.GetTimestamp();

        Assert.False(regex.IsMatch(value));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void States_are_forgotten_rather_than_kept_without_bound()
    {
        // 2^20 states would be needed to remember all of the text's last twenty characters.
        AnchoredRegex regex = AnchoredRegex.Parse("(a|b)*a(a|b){20}");
        var random = new Random(5);
        char[] value = new char[200_000];
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = random.Next(2) == 0 ? 'a' : 'b';
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(value[^21] == 'a', regex.IsMatch(value));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 4 << 20);
        GC.KeepAlive(regex);
    }

    [Fact]
    public void Hostile_patterns_are_refused_or_parsed_quickly()
    {
        string manyClasses = string.Concat(Enumerable.Range(0x4E00, 20_000).Select(static c => $"[^{(char)c}]"));
        string large = string.Concat(Enumerable.Repeat("(?:" + new string('x', 2000) + "){1000}", 2));

        Assert.Throws<RegexSyntaxException>(() => AnchoredRegex.Parse(manyClasses));
        Assert.Throws<RegexSyntaxException>(() => AnchoredRegex.Parse(large));
        Assert.True(AnchoredRegex.Parse(string.Concat(Enumerable.Range(0x4E00, 20_000).Select(static c => $"{(char)c}*"))).IsMatch(""));
    }

    [Fact]
    public void One_pattern_serves_many_threads()
    {
        AnchoredRegex regex = AnchoredRegex.Parse("([a-f0-9]+-)*[a-f0-9]{4,8}\\.(com|org)");

        Parallel.For(0, 4_000, i =>
        {
            string value = $"{i:x4}-{i * 7919:x6}.{(i % 3 == 0 ? "net" : "org")}";
            Assert.Equal(i % 3 != 0, regex.IsMatch(value));
        });
    }

    [Fact]
    public void A_parsed_pattern_is_remembered_until_many_others_came()
    {
        AnchoredRegex first = AnchoredRegex.Parse("remembered.*");
        Assert.Same(first, AnchoredRegex.Parse("remembered.*"));

        for (int i = 0; i < 1000; i++)
        {
            AnchoredRegex.Parse($"other{i}");
        }

        Assert.NotSame(first, AnchoredRegex.Parse("remembered.*"));
        Assert.NotSame(AnchoredRegex.Parse("(large.){999}([ab]x*){999}"), AnchoredRegex.Parse("(large.){999}([ab]x*){999}"));
    }

    [Fact]
    public void Matching_allocates_nothing_once_the_states_are_known()
    {
        AnchoredRegex[] regexes = [AnchoredRegex.Parse("a|b"), AnchoredRegex.Parse("a.*"), AnchoredRegex.Parse("(a[0-9])+")];
        foreach (AnchoredRegex regex in regexes)
        {
            regex.IsMatch("a1a2");
            regex.IsMatch("a1a2"u8);
            long before = GC.GetAllocatedBytesForCurrentThread();
            regex.IsMatch("a1a2");
            regex.IsMatch("a1a2"u8);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
