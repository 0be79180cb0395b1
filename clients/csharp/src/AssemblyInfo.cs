using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Erpsync.Tests")]
[assembly: InternalsVisibleTo("Erpsync.Player")]
