"""Study, Source, Item, Responses, Table and Figure: what goes in and what comes out."""
